import { BatonError } from '../core/errors.ts';

/** What a Content-Type says, in lower case. */
export interface MediaType {
  /** E.g. `application/json`; empty where there is no Content-Type. */
  readonly name: string;
  readonly charset: string | null;
}

export function readMediaType(contentType: string | undefined): MediaType {
  const [name = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset="?([^"]*?)"?\s*$/.exec(parameter)?.[1]);
  return { name: name.trim(), charset: charset.find((one) => one !== undefined) ?? null };
}

/** For messages: "this is text/plain". */
export function sayMediaType({ name }: MediaType): string {
  return name === '' ? 'there is no Content-Type' : `this is ${name}`;
}

export function isUtf8({ charset }: MediaType): boolean {
  return charset === null || charset === 'utf-8' || charset === 'utf8';
}

/** @throws BatonError `unsupported-media-type` for JSON in another character set */
export function requireUtf8(type: MediaType): void {
  if (isUtf8(type)) return;
  const detail = `JSON is UTF-8 (RFC 8259, section 8.1); this is ${type.charset}`;
  throw new BatonError('unsupported-media-type', detail);
}
