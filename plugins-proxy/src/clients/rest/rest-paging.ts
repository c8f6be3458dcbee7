import type { Cell } from '../web-service/expressions/expression-task';
import type { Filling } from '../web-service/fill-template';
import { ServiceError } from '../web-service/service-error';
import { linkToNext, pathOfLink } from './next-link';
import type { RestSettings } from './rest-settings';

/** Which page is asked for: by what is filled into the request, or by a path that an answer gave. */
export interface PageTurn {
  readonly filling: Filling;
  readonly path: string | null;
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell.trim() : '');

/** The first page. Pure. */
export const firstTurn = ({ firstPage, pageSize }: RestSettings, since: Date | null): PageTurn => ({
  filling: { since, page: firstPage, offset: 0, pageSize, cursor: '' },
  path: null,
});

/**
 * The page that follows; null: that was the last. How many records a page holds says nothing, as services hold them to limits of their
 * own: by number and offset, an empty page is the end. Pure.
 * @param answered `at`: the path of the answer; `next`: what `settings.next` found in it
 * @throws ServiceError where it leads to another service
 */
export function turnPage(
  { paging }: Pick<RestSettings, 'paging'>,
  { filling }: PageTurn,
  answered: {
    readonly records: number;
    readonly next: Cell | undefined;
    readonly link: string | readonly string[] | undefined;
    readonly origin: string;
    readonly at: string;
  },
): PageTurn | null {
  const { records, next, link, origin, at } = answered;
  if (typeof next === 'object' && next !== null)
    throw new ServiceError('service-expression-invalid', { expression: 'next', why: next.wrong });
  if (paging === 'page') return records === 0 ? null : { filling: { ...filling, page: filling.page + 1 }, path: null };
  if (paging === 'offset')
    return records === 0 ? null : { filling: { ...filling, offset: filling.offset + records }, path: null };
  if (paging === 'cursor') {
    const cursor = textOf(next);
    return cursor === '' || cursor === 'false' ? null : { filling: { ...filling, cursor }, path: null };
  }
  const target = paging === 'next' ? textOf(next) : paging === 'link' ? linkToNext(link) : null;
  return target === null || target === '' ? null : { filling, path: pathOfLink(target, origin, at) };
}
