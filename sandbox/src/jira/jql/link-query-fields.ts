import { linksOf } from '../operations/link-issues';
import type { Site } from '../site/site';
import type { QueryField } from './query-field';

const unsorted = () => null;

/** What hangs on an issue: its links, by type or by their words in one direction, and its files. */
export function linkQueryFields(site: Site): readonly (readonly [names: readonly string[], field: QueryField])[] {
  return [
    [
      ['issuelinktype', 'workitemlinktype'],
      {
        kind: 'set',
        name: 'issueLinkType',
        read: (issue) =>
          linksOf(site, issue.id).map((link) => `${link.typeId} ${link.sourceId === issue.id ? 'outward' : 'inward'}`),
        resolve: (text) => {
          const lower = text.toLowerCase();
          const ids = site.linkTypes
            .all()
            .flatMap(({ id, name, inward, outward }) => [
              ...(name.toLowerCase() === lower || outward.toLowerCase() === lower ? [`${id} outward`] : []),
              ...(name.toLowerCase() === lower || inward.toLowerCase() === lower ? [`${id} inward`] : []),
            ]);
          return ids.length > 0 ? ids : null;
        },
        sort: unsorted,
      },
    ],
    [
      ['attachments'],
      {
        kind: 'set',
        name: 'attachments',
        read: (issue) => site.attachments.where('issue', issue.id).map(({ id }) => id),
        resolve: (text) => [text],
        sort: unsorted,
      },
    ],
  ];
}
