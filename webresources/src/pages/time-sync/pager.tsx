import * as React from 'react';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';

/** What stands on a page of a list, and the way to the others. @param page from 0 */
export function Pager(props: {
  readonly text: string;
  readonly note?: string;
  readonly page: number;
  readonly pages: number;
  readonly say: Say<typeof timeSyncTexts>;
  readonly format: PageFormat;
  readonly onPage: (page: number) => void;
}): React.ReactElement {
  const { page, pages, say, format, onPage } = props;
  const turn = (name: string, icon: 'ChevronLeft' | 'ChevronRight', to: number): React.ReactElement => {
    const isEnd = to < 0 || to >= pages;
    return (
      <button
        type="button"
        className="time-iconbutton"
        aria-label={name}
        title={name}
        aria-disabled={isEnd}
        onClick={isEnd ? undefined : () => onPage(to)}
      >
        <PageIcon name={icon} />
      </button>
    );
  };
  return (
    <div className="crmjira-sub time-pager">
      <span className="page-spread">{props.text}</span>
      {props.note}
      {turn(say('previousPage'), 'ChevronLeft', page - 1)}
      <span role="status">{say('pageOf', { a: format.number(page + 1), b: format.number(Math.max(pages, 1)) })}</span>
      {turn(say('nextPage'), 'ChevronRight', page + 1)}
    </div>
  );
}
