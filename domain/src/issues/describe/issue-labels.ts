import { cleanName } from '../../text/clean-name';
import type { IssueSource } from './describe-record';

/** Jira's labels hold no blanks and at most 255 characters. */
export const asLabel = (text: string): string =>
  cleanName(text)
    .replace(/\s+/gu, '-')
    .slice(0, 255)
    .replace(/[\uD800-\uDBFF]$/u, '');

/** By which issues of this product are found: `dynamics` with the kind of record, or `sentry` with the level; and the product (R-1706). */
export function issueLabels(source: Pick<IssueSource, 'kind' | 'product' | 'error'>): readonly string[] {
  const own =
    source.error === null
      ? ['dynamics', source.kind]
      : ['sentry', asLabel(`level-${source.error.level.toLowerCase()}`)];
  const product = asLabel(source.product ?? '');
  return product === '' ? own : [...own, product];
}
