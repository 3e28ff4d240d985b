/** The text that a header stands for, or what is wrong with it. */
export type HeaderValue = { readonly text: string } | { readonly fault: string };

const quoted = /"((?:[^"\\]|\\.)*)"/g;
const quotesAreClosed = /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/;

/**
 * Reads the header of an event's attribute: double quotes first, then one round of percent-decoding (CloudEvents 1.0.2,
 * HTTP binding, section 3.1.3.2).
 */
export function decodeHeaderValue(value: string): HeaderValue {
  // Node reads other bytes as Latin-1, whatever the sender meant.
  if (/[^\t\x20-\x7e]/.test(value)) {
    return { fault: 'holds other characters than ASCII; write them as escapes of UTF-8: caf%C3%A9' };
  }
  if (!quotesAreClosed.test(value)) return { fault: 'has a double quote that is not closed' };
  const unquoted = value.replaceAll(quoted, (_, inner: string) => inner.replaceAll(/\\(.)/g, '$1'));
  if (/%(?![0-9A-Fa-f]{2})/.test(unquoted)) {
    return { fault: 'has a percent sign that begins no escape; the sign itself is written %25' };
  }
  try {
    return { text: decodeURIComponent(unquoted) };
  } catch {
    return { fault: 'has escapes that are no UTF-8' };
  }
}
