/** Reads W3C Baggage (section 3.2): `name=value` pairs between commas, values percent-encoded. What is none is left out. */
export function parseBaggage(header: string): Readonly<Record<string, string>> {
  const members = header.split(',').flatMap((member) => {
    const [, name = '', value = ''] = /^\s*([^\s=;]+)\s*=\s*([^\s;]*)/.exec(member) ?? [];
    const text = decode(value);
    return name === '' || text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(members);
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
