/** The name under which the module of a process exports its workflow function: `order-fulfilment` → `orderFulfilment`. */
export function toExportName(process: string): string {
  return process.replaceAll(/-+([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
}

/** `order-fulfilment` → `OrderFulfilment` */
export function toTypeName(name: string): string {
  const camelCase = toExportName(name);
  return camelCase.charAt(0).toUpperCase() + camelCase.slice(1);
}

/**
 * Whether the text of a module seems to export the name. The module is not run, since workflow code belongs into the
 * sandbox; `export * from` is given the benefit of the doubt.
 */
export function seemsToExport(text: string, name: string): boolean {
  const declared = new RegExp(
    `(?:^|;)\\s*export\\s+(?:async\\s+)?(?:function|const|let|var)\\s+${name}\\b`,
    'm',
  );
  const listed = new RegExp(`\\bexport\\s*\\{[^}]*\\b${name}\\b[^}]*\\}`);
  return declared.test(text) || listed.test(text) || /^\s*export\s*\*/m.test(text);
}
