import { descendants } from '../../xml/descendants';
import type { XmlNode } from '../../xml/xml-tree';

/** Children in the order in which every export writes them; the schema leaves it open, the form designer does not. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  tab: ['labels', 'tabheader', 'columns', 'tabfooter', 'events'],
  section: ['labels', 'rows'],
  cell: ['labels', 'control', 'events'],
  control: ['labels', 'parameters'],
};

export interface FormOrderProblem {
  readonly element: XmlNode;
  readonly message: string;
}

/** Elements of forms and dashboards that stand before one that belongs in front of them. */
export function formOrderProblems(root: XmlNode): FormOrderProblem[] {
  return descendants(root).flatMap((parent) => {
    const order = ORDER[parent.name] ?? [];
    return parent.children.flatMap((child, at) => {
      const earlier = order.slice(0, Math.max(order.indexOf(child.name), 0));
      const late = parent.children.slice(at + 1).find(({ name }) => earlier.includes(name));
      return late === undefined
        ? []
        : [
            {
              element: child,
              message: `Element '${child.name}': It stands before '${late.name}', exports have it behind.`,
            },
          ];
    });
  });
}
