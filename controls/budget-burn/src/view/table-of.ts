import { remainingBudget, utilization } from '@crmjira/domain';
import { action, formatDay, formatDayShort } from '@crmjira/form-data';
import type { TableView } from './burn-view';
import type { Figures } from './figures';
import type { Telling } from './telling';

/** The chart's figures by month, newest last: the keyboard's and the screen reader's way to them. */
export function tableOf({ history }: Figures, tell: Telling): TableView {
  const { say, format, narrow } = tell;
  const ends = history.filter((point, index) => point.day.slice(0, 7) !== history[index + 1]?.day.slice(0, 7));
  const amount = narrow ? tell.whole : tell.money;
  return {
    caption: say('caption'),
    actions: [action('copy', 'Copy', say('copy'))],
    head: [say('upTo'), say('inMonth'), say('table.spent'), say('table.approved'), say('percent')],
    rows: ends.map((point, index) => {
      const before = ends[index - 1];
      const share = utilization(point.spent, point.approved);
      return [
        narrow ? formatDayShort(point.day, format.dates) : formatDay(point.day, format.dates),
        amount(before ? remainingBudget(point.spent, before.spent) : point.spent),
        amount(point.spent),
        amount(point.approved),
        share === null ? '–' : tell.percent(share),
      ];
    }),
  };
}
