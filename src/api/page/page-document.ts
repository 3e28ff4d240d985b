/**
 * Everything on the page comes from this process, and the browser is told to ask no one else. Nothing is inline.
 * Positions that the page computes go through the style object of an element, which the policy allows.
 */
export const pageSecurityPolicy =
  "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/** @param names of the page's files */
export function pageDocument(names: readonly string[]): string {
  const address = (ending: string): string => `/page/${names.find((name) => name.endsWith(ending)) ?? ''}`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Baton</title>
    <link rel="icon" href="${address('.svg')}">
    <link rel="stylesheet" href="${address('.css')}">
    <script type="module" src="${address('.js')}"></script>
  </head>
  <body>
    <div id="page"><noscript>This page needs JavaScript. The API does not: see <a href="/docs">/docs</a>.</noscript></div>
  </body>
</html>
`;
}
