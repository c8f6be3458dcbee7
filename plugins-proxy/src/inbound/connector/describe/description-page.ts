import { escapeHtml } from '@crmjira/domain';
import { allOperations } from '../all-operations';
import { nameOf, problem } from './definitions';
import { type JsonSchema, namedSchemas, parametersOf } from './json-schemas';
import type { Operation } from './operation';
import { about, basePath, title, version } from './swagger';

const link = (name: string): string => `<a href="#${name}">${name}</a>`;

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Segoe UI", system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
code, pre { font-family: Consolas, ui-monospace, monospace; }
pre { overflow: auto; border: 1px solid; padding: .75rem; border-radius: 4px; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }
section { border-top: 1px solid; margin-top: 2rem; }
:target { outline: 2px solid; outline-offset: 4px; }`;

function section(operation: Operation): string {
  const { params, query, body, answer } = operation;
  const rows = [...parametersOf(params, 'path', 'draft-2020-12'), ...parametersOf(query, 'query', 'draft-2020-12')].map(
    ({ name, place, required, schema }) =>
      `<tr><td><code>${name}</code></td><td>${place}${required ? ', required' : ''}</td><td>${escapeHtml(String(schema['description'] ?? ''))}</td></tr>`,
  );
  if (body !== null)
    rows.push(
      `<tr><td><code>${body.name}</code></td><td>body, required</td><td>${link(nameOf(body.schema))}</td></tr>`,
    );
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const shape = answer.schema === null ? '' : `, ${link(nameOf(answer.schema))}`;
  return `<section id="${operation.operationId}"><h3>${escapeHtml(operation.summary)}</h3>
<p><code>${operation.method} ${basePath}${operation.path}</code> (${operation.operationId})</p>
<p>${escapeHtml(operation.description)}</p>${table}
<p>Answers ${answer.status}: ${escapeHtml(answer.says)}${shape}; else ${link(nameOf(problem))}.</p></section>`;
}

const shape = ([name, schema]: [string, JsonSchema]): string =>
  `<section id="${name}"><h3>${name}</h3><pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 2))}</pre></section>`;

/** The description as a page to read; nothing is loaded from elsewhere and no script runs. */
export function descriptionPage(): string {
  const contents = allOperations.map(
    ({ operationId, summary }) => `<li><a href="#${operationId}">${escapeHtml(summary)}</a></li>`,
  );
  const shapes = Object.entries(namedSchemas('draft-2020-12', '#'));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} ${version}</title><style>${style}</style></head>
<body><main><h1>${title} ${version}</h1><p>${escapeHtml(about)} As OpenAPI 3.1: <a href="/openapi.json">openapi.json</a>.</p>
<nav aria-label="Operations"><ul>${contents.join('')}</ul></nav>
<h2>Operations</h2>${allOperations.map(section).join('\n')}
<h2>Shapes</h2>${shapes.map(shape).join('\n')}</main></body></html>
`;
}
