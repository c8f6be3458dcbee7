import type { FastifyInstance } from 'fastify';
import { pagePolicy } from './guard';

/** The one page: list and form alike, at the addresses a model-driven app has. */
export function pageRoutes(app: FastifyInstance): void {
  for (const path of ['/', '/main.aspx'])
    app.get(path, async (_request, reply) => {
      const { nonce, header } = pagePolicy();
      return reply.header('content-security-policy', header).type('text/html; charset=utf-8').send(page(nonce));
    });
}

function page(nonce: string): string {
  return `<!doctype html>
<html lang="en-CA" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Opportunities - Sales Hub</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/host/page.css">
<meta name="style-nonce" content="${nonce}">
<script defer src="/platform/react.js"></script>
<script defer src="/platform/react-dom.js"></script>
<script defer src="/host/platform.js"></script>
<script defer src="/platform/fluent.js"></script>
<script defer src="/host/page.js"></script>
</head>
<body><div id="app"></div></body>
</html>
`;
}
