/** Projects that anybody who may change the opportunity may link it to (`crmjira_LinkableProjects`); none unless somebody says so. */
export interface LinkableProjects {
  /** names or ids of categories in Jira, which only its administrators assign */
  readonly categories: readonly string[];
  /** names of projects, with `*` for any characters */
  readonly names: readonly string[];
}

/** What the list is held against. */
export interface ListedProjectFacts {
  readonly name: string;
  readonly category: { readonly id: string; readonly name: string } | null;
}

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Whether a text fits a pattern: its parts between the asterisks come in this order, the first at the start, the last at the end. */
function fits(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.trim().toLowerCase().split('*');
  const subject = text.trim().toLowerCase();
  const last = rest.pop();
  if (last === undefined) return subject === first;
  if (!subject.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = subject.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return subject.length - last.length >= at && subject.endsWith(last);
}

/** Whether the list names a project, by its category or its name. Pure. */
export function isListed(list: LinkableProjects, { name, category }: ListedProjectFacts): boolean {
  const byCategory =
    category !== null && list.categories.some((wanted) => same(wanted, category.name) || wanted.trim() === category.id);
  return byCategory || list.names.some((pattern) => fits(name, pattern));
}
