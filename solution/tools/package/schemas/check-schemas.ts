import { memoryPages, validateXML, type XMLValidationError } from 'xmllint-wasm';
import { descendants } from '../../xml/descendants';
import { childNamed, type XmlNode, xmlText } from '../../xml/xml-tree';
import type { SolutionPackage } from '../build-packages';
import { readXml, type SolutionFiles } from '../solution-files';
import { elementLines } from './element-lines';
import { formOrderProblems } from './form-order';
import { withoutNewer } from './newer-than-schemas';
import { readSchemas, type Schema } from './read-schemas';
import { sourcePlaces } from './source-place';

/** libxml2 needs some 200 MB for as many lines as it counts. */
const MEMORY = 512 * memoryPages.MiB;

/** libxml2 counts lines in 16 bits: behind them an error would be told of another line. */
const COUNTED_LINES = 60_000;

/**
 * Validates customizations.xml of packages, and in it forms, views, command bars, site map and charts, against Microsoft's schemas,
 * and the order inside forms, which these leave open.
 *
 * @param folder of the schemas, as `findSchemas` finds it
 * @returns sentences that name the package, the file of its source and the line; empty when nothing is wrong
 */
export async function checkSchemas(folder: string, packages: readonly SolutionPackage[]): Promise<string[]> {
  const schemas = readSchemas(folder);
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const { fileName, parts } of packages) {
    // Managed and unmanaged differ in their manifest only.
    const text = new TextDecoder().decode(parts.get('customizations.xml'));
    if (seen.has(text)) continue;
    seen.add(text);
    problems.push(...(await problemsOf(parts, schemas)).map((problem) => `${fileName}: ${problem}`));
  }
  return problems;
}

async function problemsOf(parts: SolutionFiles, schemas: readonly Schema[]): Promise<string[]> {
  const root = readXml(parts, 'customizations.xml');
  const charts = descendants(root).filter(({ name }) => name === 'datadefinition');
  // The data of a chart has a schema of its own, which leaves out its queries: these are judged as the queries of views are.
  const queries = charts.flatMap((chart) => childNamed(chart, 'fetchcollection')?.children ?? []);
  const found = [
    ...formOrderProblems(root),
    ...(await errorsIn(inCountedLines(root), 'CustomizationsSolution.xsd', schemas)),
    ...(await errorsIn(charts, 'VisualizationDataDescription.xsd', schemas)),
    ...(await errorsIn(queries, 'Fetch.xsd', schemas)),
  ];
  if (found.length === 0) return [];
  const places = sourcePlaces(
    parts,
    root,
    found.map(({ element }) => element),
  );
  return found.map(({ element, message }) => {
    const { file, line } = places.get(element) ?? { file: 'customizations.xml', line: 1 };
    return `${file}, line ${line}: ${message}`;
  });
}

/** The same content in as many documents as its lines need: the first with all but some tables, the others with tables only. */
function inCountedLines(root: XmlNode): XmlNode[] {
  const tables = childNamed(root, 'Entities');
  if (tables === undefined) return [root];
  const linesOf = (node: XmlNode): number => xmlText(node, false).split('\n').length;
  const slices: XmlNode[][] = [[]];
  let lines = linesOf(root) - linesOf(tables);
  for (const table of tables.children) {
    lines += linesOf(table);
    if (lines > COUNTED_LINES) {
      slices.push([]);
      lines = linesOf(table);
    }
    slices.at(-1)?.push(table);
  }
  return slices.map((children, at) => {
    const some = { ...tables, children };
    const others = at === 0 ? root.children : [tables];
    return { ...root, children: others.map((child) => (child === tables ? some : child)) };
  });
}

interface SchemaError {
  readonly element: XmlNode;
  readonly message: string;
}

async function errorsIn(
  roots: readonly XmlNode[],
  schemaFile: string,
  schemas: readonly Schema[],
): Promise<SchemaError[]> {
  const documents = roots.map((root, at) => {
    const older = withoutNewer(root);
    const lines = elementLines(older.root);
    return {
      fileName: `${at}.xml`,
      contents: xmlText(older.root, false),
      elementAt: (line: number): XmlNode => older.originOf.get(lines.get(line) ?? older.root) ?? root,
    };
  });
  if (documents.length === 0) return [];
  const { errors, valid, rawOutput } = await validateXML({
    xml: documents.map(({ fileName, contents }) => ({ fileName, contents })),
    schema: schemas.filter(({ fileName }) => fileName === schemaFile),
    preload: schemas.filter(({ fileName }) => fileName !== schemaFile),
    initialMemoryPages: MEMORY,
    maxMemoryPages: MEMORY,
  });
  if (!valid && errors.length === 0) throw new Error(`${schemaFile} gave no verdict: ${rawOutput}`);
  return errors
    .filter(({ loc }) => loc !== null)
    .map(({ loc, message }: XMLValidationError) => {
      const document = documents.find(({ fileName }) => fileName === loc?.fileName) ?? documents[0];
      return {
        element: document?.elementAt(loc?.lineNumber ?? 1) ?? roots[0]!,
        message: message.replace(/^\s*Schemas validity error : /, ''),
      };
    });
}
