/** The text with its variables put in, or what is wrong with it. */
export type Expanded = { readonly text: string } | { readonly problem: string };

/**
 * Puts environment variables into a text: `${NAME}`, or `${NAME:-default}` for one that need not be set. As in a shell,
 * an empty variable counts as not set.
 */
export function expandVariables(text: string, env: Readonly<Record<string, string | undefined>>): Expanded {
  const problems: string[] = [];
  const expanded = text.replaceAll(/\$\{([^}]*)\}?/g, (whole: string, inside: string) => {
    const variable = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inside);
    if (variable === null || !whole.endsWith('}')) {
      problems.push(`has "${whole}", which is neither \${NAME} nor \${NAME:-default}`);
      return '';
    }
    const [, name = '', otherwise] = variable;
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    if (otherwise === undefined) {
      problems.push(
        `needs the environment variable ${name}, which is not set; set it, or write \${${name}:-a default}`,
      );
    }
    return otherwise ?? '';
  });
  return problems.length > 0 ? { problem: problems.join('; ') } : { text: expanded };
}
