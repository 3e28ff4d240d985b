import type { JSX } from 'preact';

import { PageHeading } from '../parts/page-heading.tsx';

export function NowhereView({ place }: { readonly place: string }): JSX.Element {
  return (
    <>
      <PageHeading title="Nothing here">There is nothing at {place}</PageHeading>
      <p>
        <a href="#/">All processes</a>
      </p>
    </>
  );
}
