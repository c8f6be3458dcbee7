import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** An interface of the types: its own members, and what it extends. */
interface Shape {
  readonly members: Set<string>;
  readonly extended: Set<string>;
}

const shapes = new Map<string, Shape>();

/** Collects interfaces by their names within the namespace Xrm, such as `Controls.GridControl`. */
function collect(node: ts.Node, namespace: string): void {
  if (ts.isModuleDeclaration(node) && node.body) {
    const inner = namespace === '' ? node.name.text : `${namespace}.${node.name.text}`;
    ts.forEachChild(node.body, (child) => collect(child, inner));
  }
  if (!ts.isInterfaceDeclaration(node)) return;
  const name = `${namespace}.${node.name.text}`;
  const shape = shapes.get(name) ?? { members: new Set(), extended: new Set() };
  shapes.set(name, shape);
  for (const member of node.members)
    if (member.name && ts.isIdentifier(member.name)) shape.members.add(member.name.text);
  for (const { types } of node.heritageClauses ?? [])
    for (const type of types) shape.extended.add(type.expression.getText());
}

const file = require.resolve('@types/xrm/index.d.ts');
const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
ts.forEachChild(source, (node) => collect(node, ''));

/** The interface that a name means within a namespace: the nearest one that has it. */
function resolve(name: string, within: string): string {
  for (let scope = within; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.'))))
    if (shapes.has(`${scope}.${name}`)) return `${scope}.${name}`;
  return name;
}

/**
 * Names of every member of an interface of the client API, those that it inherits too, by the types that its users write against.
 * @param name such as `Xrm.FormContext`
 * @throws Error for an interface that the types do not have
 */
export function membersOf(name: string): readonly string[] {
  const shape = shapes.get(name);
  if (!shape) throw new Error(`The types of the client API have no ${name}.`);
  const namespace = name.slice(0, name.lastIndexOf('.'));
  const inherited = [...shape.extended].flatMap((one) => membersOf(resolve(one, namespace)));
  return [...new Set([...shape.members, ...inherited])].sort();
}
