import { randomBytes } from 'node:crypto';

/** The addresses that the page may load, as the webview sees them. */
export interface PageAddresses {
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/** A value that allows exactly one page's scripts and styles. */
export function newNonce(): string {
  return randomBytes(18).toString('base64url');
}

/** A page of ours: nothing but our script and style may run or load. */
export function pageHtml(page: PageAddresses, nonce: string): string {
  const policy = [
    "default-src 'none'",
    `style-src ${page.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${page.cspSource}`,
    `img-src ${page.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta property="csp-nonce" content="${attribute(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${attribute(nonce)}" href="${attribute(page.style)}">
<title>Entity Lens</title>
</head>
<body>
<div id="root"></div>
<script nonce="${attribute(nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
