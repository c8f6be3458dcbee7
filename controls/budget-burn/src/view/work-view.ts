import { add, zero } from '@crmjira/domain';
import type { Work } from '../work/use-work';
import type { WorkView } from './burn-view';
import type { Formatter } from './formatter';

/** Who spent what (F-125), for those who may see it. */
export function workView(work: Work, { say, money, inHours, form }: Formatter): WorkView {
  const title = say('work');
  if (!work?.length) return { title, text: say(work ? 'work.none' : work === null ? 'work.failed' : 'work.reading') };
  const hours = work.reduce((all, person) => all + person.hours, 0);
  const cost = work.reduce((all, person) => add(all, person.cost), zero(form.record?.mapping?.currency.code ?? ''));
  return {
    title,
    table: {
      caption: say('work.caption'),
      head: [say('work.person'), say('work.hours'), say('work.cost')],
      rows: [...work, { name: say('work.total'), hours, cost }].map((person) => [
        person.name || say('work.unnamed'),
        inHours(person.hours),
        money(person.cost),
      ]),
    },
  };
}
