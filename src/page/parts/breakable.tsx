import { Fragment, type JSX } from 'preact';

/** A name that, where it is too long for its line, goes on in the next one behind a dot, a dash or a slash. */
export function Breakable({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(/(?<=[./_-])(?=.)/);
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={`${index} ${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
