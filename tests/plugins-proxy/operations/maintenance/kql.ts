/**
 * As much of the Kusto Query Language as the dashboard's queries use, so that they can be run over the same rows as the queries for
 * Dataverse. There is no kept library that executes KQL; what is not known here is refused, never guessed. Meaning after Microsoft's
 * reference of the operators and functions.
 */
export type KqlValue = string | number | boolean | Date | null;
export type KqlRow = Readonly<Record<string, KqlValue>>;

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)(d|h|m)?\b|'([^']*)'|([A-Za-z_]\w*)|(==|!=|>=|<=|[><()*/+,=-]))/y;
interface Token {
  readonly kind: 'value' | 'name' | 'sign';
  readonly text: string;
  readonly value: KqlValue;
}
const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) throw new Error(`not understood at "${text.slice(at)}"`);
    const [, number, unit, string, name, sign] = match;
    if (number !== undefined)
      tokens.push({
        kind: 'value',
        text: number,
        value: Number(number) * (unit === undefined ? 1 : (unitMs[unit] ?? 1)),
      });
    else if (string !== undefined) tokens.push({ kind: 'value', text: string, value: string });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, value: null });
    else tokens.push({ kind: 'sign', text: sign ?? '', value: null });
  }
  return tokens;
}

/** An expression over one row; `group` holds the rows of its group inside `summarize`. */
type Expression = (row: KqlRow, group: readonly KqlRow[]) => KqlValue;

const asNumber = (value: KqlValue): number => (value instanceof Date ? value.getTime() : Number(value));

function functionOf(name: string, given: readonly Expression[], now: Date): Expression {
  const at = (n: number): Expression => given[n] ?? (() => null);
  switch (name) {
    case 'ago':
      return (row, group) => new Date(now.getTime() - asNumber(at(0)(row, group)));
    case 'count':
      return (_row, group) => group.length;
    case 'countif':
      return (_row, group) => group.filter((one) => at(0)(one, group) === true).length;
    case 'bin':
      return (row, group) => {
        const size = asNumber(at(1)(row, group));
        return new Date(Math.floor(asNumber(at(0)(row, group)) / size) * size);
      };
    case 'iff':
      return (row, group) => (at(0)(row, group) === true ? at(1) : at(2))(row, group);
    case 'case':
      return (row, group) => {
        for (let n = 0; n + 1 < given.length; n += 2) if (at(n)(row, group) === true) return at(n + 1)(row, group);
        return at(given.length - 1)(row, group);
      };
    case 'round':
      return (row, group) => {
        const digits = 10 ** asNumber(at(1)(row, group));
        return Math.round(asNumber(at(0)(row, group)) * digits) / digits;
      };
    case 'tostring':
      return (row, group) => String(at(0)(row, group));
    default:
      throw new Error(`the function ${name} is not understood`);
  }
}

/** Precedence of `or`, `and`, comparison, sum, product, as Kusto has it. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '>', '<', '>=', '<=', 'in'],
  ['+', '-'],
  ['*', '/'],
];

function operate(sign: string, left: KqlValue, right: KqlValue): KqlValue {
  if (sign === 'or') return left === true || right === true;
  if (sign === 'and') return left === true && right === true;
  if (sign === '==' || sign === '!=') {
    const equal = left instanceof Date || right instanceof Date ? asNumber(left) === asNumber(right) : left === right;
    return equal === (sign === '==');
  }
  // A comparison with null is neither true nor false; a filter leaves the row out.
  if (left === null || right === null) return null;
  const [a, b] = [asNumber(left), asNumber(right)];
  const results: Readonly<Record<string, () => KqlValue>> = {
    '>': () => a > b,
    '<': () => a < b,
    '>=': () => a >= b,
    '<=': () => a <= b,
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
  };
  return results[sign]?.() ?? null;
}

/** `[name =] expression`, separated by commas. */
function parseList(text: string, now: Date): readonly { readonly name: string | null; readonly run: Expression }[] {
  const tokens = tokensOf(text);
  let next = 0;
  const is = (sign: string): boolean => tokens[next]?.text === sign && tokens[next]?.kind !== 'value';
  const take = (sign: string): void => {
    if (!is(sign)) throw new Error(`expected "${sign}" in ${text}`);
    next += 1;
  };
  const arguments_ = (): Expression[] => {
    const found: Expression[] = [];
    take('(');
    while (!is(')')) {
      found.push(binary(0));
      if (is(',')) next += 1;
    }
    take(')');
    return found;
  };
  const single = (): Expression => {
    const token = tokens[next];
    if (token === undefined) throw new Error(`${text} ends too early`);
    if (is('(')) {
      const [inner] = arguments_();
      return inner ?? (() => null);
    }
    next += 1;
    if (token.kind === 'value') return () => token.value;
    if (token.kind === 'sign') throw new Error(`"${token.text}" is not understood in ${text}`);
    if (is('(')) return functionOf(token.text, arguments_(), now);
    return (row) => row[token.text] ?? null;
  };
  const binary = (level: number): Expression => {
    const signs = levels[level];
    if (signs === undefined) return single();
    let left = binary(level + 1);
    for (let sign = signs.find(is); sign !== undefined; sign = signs.find(is)) {
      next += 1;
      const [first, operator] = [left, sign];
      if (operator === 'in') {
        const all = arguments_();
        left = (row, group) => all.some((one) => one(row, group) === first(row, group));
      } else {
        const second = binary(level + 1);
        left = (row, group) => operate(operator, first(row, group), second(row, group));
      }
    }
    return left;
  };
  const items: { name: string | null; run: Expression }[] = [];
  while (next < tokens.length) {
    const named = tokens[next]?.kind === 'name' && tokens[next + 1]?.text === '=';
    const alone = tokens[next]?.kind === 'name' && [undefined, ','].includes(tokens[next + 1]?.text);
    // bin(TimeGenerated, 1d) without a name is called after its column.
    const binned = tokens[next]?.text === 'bin' ? (tokens[next + 2]?.text ?? null) : null;
    const name = named || alone ? (tokens[next]?.text ?? null) : binned;
    if (named) next += 2;
    items.push({ name, run: binary(0) });
    if (next < tokens.length) take(',');
  }
  return items;
}

const valueOf = (row: KqlRow, items: ReturnType<typeof parseList>, group: readonly KqlRow[]): KqlRow =>
  Object.fromEntries(items.map(({ name, run }, n) => [name ?? `Column${n + 1}`, run(row, group)]));

function summarize(rows: readonly KqlRow[], text: string, now: Date): KqlRow[] {
  const [aggregates = '', by] = text.split(/\sby\s/);
  const keys = by === undefined ? [] : parseList(by, now);
  const groups = new Map<string, { readonly key: KqlRow; readonly rows: KqlRow[] }>();
  // Without `by` there is one group, also of no rows at all.
  if (by === undefined) groups.set('', { key: {}, rows: [] });
  for (const row of rows) {
    const key = valueOf(row, keys, []);
    const id = by === undefined ? '' : JSON.stringify(key);
    const group = groups.get(id) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  const wanted = parseList(aggregates, now);
  return [...groups.values()].map(({ key, rows: of }) => ({ ...key, ...valueOf({}, wanted, of) }));
}

/** Runs a query over the rows of its one table. @throws Error on what is not understood */
export function runKql(query: string, table: string, rows: readonly KqlRow[], now: Date): readonly KqlRow[] {
  const [source, ...steps] = query.split(/\n\|\s*/).map((part) => part.trim());
  if (source !== table) throw new Error(`the query reads ${source}, not ${table}`);
  return steps.reduce<readonly KqlRow[]>((found, step) => {
    const [operator = '', ...rest] = step.split(' ');
    const text = rest.join(' ');
    if (operator === 'where') {
      const [condition] = parseList(text, now);
      return found.filter((row) => condition?.run(row, []) === true);
    }
    if (operator === 'summarize') return summarize(found, text, now);
    if (operator === 'project') return found.map((row) => valueOf(row, parseList(text, now), []));
    if (operator === 'take') return found.slice(0, Number(text));
    const order = operator === 'order' ? /^by (\w+) (asc|desc)$/.exec(text) : null;
    if (order === null) throw new Error(`"${step}" is not understood`);
    const [, column = '', direction] = order;
    const factor = direction === 'desc' ? -1 : 1;
    return [...found].sort((a, b) => factor * (asNumber(a[column] ?? null) - asNumber(b[column] ?? null)));
  }, rows);
}
