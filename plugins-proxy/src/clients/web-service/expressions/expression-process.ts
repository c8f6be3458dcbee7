/**
 * Runs as a process of its own, that is ended when it takes too long and ends itself when it takes too much memory: expressions are
 * written by people, answers by other services, and a thread that runs out of memory can take the whole service with it. It knows no
 * setting and no secret. Loaded as it is in tests, so it imports packages only.
 */
import { type Document, DOMParser, type Node as XmlNode, ParseError } from '@xmldom/xmldom';
import jsonata from 'jsonata';
import xpath from 'xpath';
import type { Cell, ExpressionFault, ExpressionResult, ExpressionTask } from './expression-task';

const most = { records: 10_000, characters: 8 * 1024 * 1024, ofCell: 100_000, depth: 200, why: 200 } as const;

class Wrong extends Error {
  readonly fault: ExpressionFault;
  readonly expression: string;
  readonly why: string;

  constructor(fault: ExpressionFault, expression: string, why: string) {
    super(fault);
    this.fault = fault;
    this.expression = expression;
    this.why = why;
  }
}

/** What a library says about an expression: it quotes the expression, and perhaps the answer. */
const wordsOf = (error: unknown): string =>
  (typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error))
    .replaceAll(/\s+/g, ' ')
    .slice(0, most.why);

/** Counts what will be handed back. */
function createBounds() {
  let characters = 0;
  return (text: string): string => {
    characters += text.length;
    if (text.length > most.ofCell || characters > most.characters) throw new Wrong('service-result-large', '', '');
    return text;
  };
}

function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  let depth = 0;
  for (; level.length > 0 && depth <= most.depth; depth++)
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  return depth;
}

type Evaluate = (expression: string, of: unknown) => Promise<Cell>;

/** Reads the answer; gives what evaluates expressions on it, and on each of its records. */
interface Reader {
  readonly whole: unknown;
  readonly evaluate: Evaluate;
  list(expression: string): Promise<readonly unknown[]>;
}

function readJson(text: string, bound: (text: string) => string): Reader {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    throw new Wrong('not-json', '', '');
  }
  if (depthOf(whole) > most.depth) throw new Wrong('service-too-deep', '', '');
  const known = new Map<string, jsonata.Expression>();
  const compiled = (expression: string): jsonata.Expression => {
    try {
      const one = known.get(expression) ?? jsonata(expression);
      known.set(expression, one);
      return one;
    } catch (error) {
      throw new Wrong('service-expression-invalid', expression, wordsOf(error));
    }
  };
  const cellOf = (value: unknown): Cell => {
    if (value === undefined || value === null || typeof value === 'function') return null;
    return bound(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  };
  const run = async (expression: string, of: unknown): Promise<unknown> => {
    const one = compiled(expression);
    return expression.trim() === '' ? of : ((await one.evaluate(of)) as unknown);
  };
  return {
    whole,
    evaluate: async (expression, of) => {
      // A mistake in how it is written is one of every record.
      compiled(expression);
      try {
        return cellOf(await run(expression, of));
      } catch (error) {
        if (error instanceof Wrong) throw error;
        return { wrong: wordsOf(error) };
      }
    },
    list: async (expression) => {
      try {
        const found = expression === '' ? whole : await run(expression, whole);
        return found === undefined || found === null ? [] : Array.isArray(found) ? found : [found];
      } catch (error) {
        if (error instanceof Wrong) throw error;
        throw new Wrong('service-expression-invalid', expression, wordsOf(error));
      }
    },
  };
}

/** Where no list is named: what stands in the body of an envelope. */
const firstOfBody = "/*/*[local-name()='Body']/*[1]";

function parseXml(text: string): Document {
  // Before anything of it is parsed: entities are how an XML parser is made to read files and to fill the memory.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Wrong('soap-doctype', '', '');
  try {
    const stopped = (level: string): void => {
      if (level !== 'warning') throw new ParseError(level);
    };
    return new DOMParser({ onError: stopped }).parseFromString(text.trimStart(), 'text/xml');
  } catch {
    throw new Wrong('soap-xml-broken', '', '');
  }
}

function depthOfXml(document: Document): number {
  let level: XmlNode[] = [document];
  let depth = 0;
  for (; level.length > 0 && depth <= most.depth; depth++)
    level = level.flatMap((node) => Array.from(node.childNodes ?? []));
  return depth;
}

function readXml(text: string, namespaces: Readonly<Record<string, string>>, bound: (text: string) => string): Reader {
  const document = parseXml(text);
  if (depthOfXml(document) > most.depth) throw new Wrong('service-too-deep', '', '');
  const knows = xpath.useNamespaces(Object.assign(Object.create(null), namespaces) as Record<string, string>);
  const select = (expression: string, of: unknown) => {
    try {
      // The library describes nodes by the browser's types; those of the parser are of the same shape.
      return knows(expression, of as never);
    } catch (error) {
      throw new Wrong('service-expression-invalid', expression, wordsOf(error));
    }
  };
  const textOf = (found: ReturnType<typeof select>): string | null => {
    if (!Array.isArray(found)) return found === null ? null : String(found);
    const [first] = found;
    return first === undefined ? null : (first.textContent ?? first.nodeValue ?? '');
  };
  return {
    whole: document,
    evaluate: async (expression, of) => {
      const text = textOf(select(expression, of));
      return text === null ? null : bound(text.trim());
    },
    list: async (expression) => {
      const found = select(expression === '' ? firstOfBody : expression, document);
      if (!Array.isArray(found)) throw new Wrong('service-expression-invalid', expression, 'no list of elements');
      return found;
    },
  };
}

async function work(task: ExpressionTask): Promise<ExpressionResult> {
  const bound = createBounds();
  const { whole, evaluate, list } =
    task.kind === 'json' ? readJson(task.text, bound) : readXml(task.text, task.namespaces, bound);
  const single: Cell[] = [];
  for (const expression of task.single) single.push(await evaluate(expression, whole));
  const records = task.records === null ? [] : await list(task.records);
  if (records.length > most.records) throw new Wrong('service-result-large', task.records ?? '', '');
  const rows: Cell[][] = [];
  for (const record of records) {
    const row: Cell[] = [];
    for (const expression of task.fields) row.push(await evaluate(expression, record));
    rows.push(row);
  }
  return { single, rows };
}

process.on('message', (task: ExpressionTask) => {
  work(task).then(
    (result) => process.send?.({ result }),
    (error: unknown) => {
      const { fault, expression, why } =
        error instanceof Wrong ? error : { fault: 'service-expression-memory', expression: '', why: wordsOf(error) };
      process.send?.({ fault, expression, why });
    },
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ isReady: true });
