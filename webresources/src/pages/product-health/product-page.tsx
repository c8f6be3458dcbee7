import * as React from 'react';
import { CommandState, CommandType, commandTypeLabels } from '@crmjira/domain';
import { safeUrl } from '@crmjira/form-data';
import { askAbout, isAnswered } from '../../commands/ask-about';
import type { Chosen } from '../platform/check-boxes';
import type { NoticeView } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import { familyOf, productChoices } from '../platform/read-products';
import type { PageFacts } from '../platform/start-page';
import { useAsked } from '../platform/use-asked';
import { useReading } from '../platform/use-reading';
import { Belongings } from './belongings';
import { TopErrors } from './error-table';
import { FigureCard, StatusCard } from './figure-cards';
import { type ProductFacts, healthOf, ticketOf } from './product-view';
import { readProduct } from './read-product';
import { TicketDialog, type TicketWish, type TicketsAsked } from './ticket-dialog';
import { productHealthTexts } from '../../strings/generated/product-health';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

/** Errors and tickets of a product side by side (R-1710, R-1717). */
export function ProductPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(productHealthTexts, language);
  const [wanted, want] = React.useState(settings.recordId);
  const [dialog, setDialog] = React.useState<readonly string[] | null>(null);
  const [tickets, setTickets] = React.useState<TicketsAsked | null>(null);
  const read = React.useCallback(() => readProduct(wanted), [wanted]);
  const [reading, again] = useReading(read, READ_EVERY);
  const { all, ask, drop } = useAsked<'sync'>(again);
  const [chosen, choose] = React.useState<Chosen>(new Set());
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const now = new Date().toISOString();
  const today = now.slice(0, 10);
  const { value: data, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);
  const product = data?.product ?? null;
  const health = data && healthOf(data, today);
  const errors = data?.errors.filter(({ id }) => dialog?.includes(id)) ?? [];
  const selected = data?.errors.filter(({ id }) => chosen.has(id)) ?? [];

  const createTickets = async (wish: TicketWish): Promise<void> => {
    if (product === null) return;
    const type = CommandType.CreateTicketsFromErrors;
    const regarding = { table: 'product', id: product.id };
    setTickets(null);
    await askAbout({ regarding, type, name: commandTypeLabels[type][language], payload: wish }, (state) => {
      if (!alive.current) return false;
      setTickets((shown) => (shown === null || shown.wish === wish ? { wish, state } : shown));
      if (isAnswered(state)) again();
      return true;
    });
  };
  const sync = (): void =>
    data?.projects.forEach(({ id }) =>
      ask('sync', {
        regarding: { table: 'crmjira_jira_project', id },
        type: CommandType.SyncNow,
        name: commandTypeLabels[CommandType.SyncNow][language],
      }),
    );
  const openTickets = (): void =>
    selected
      .flatMap((error) => safeUrl(ticketOf(error)?.url ?? null) ?? [])
      .forEach((url) => Xrm.Navigation.openUrl(url));
  const close = (): void => {
    setDialog(null);
    setTickets(null);
    choose(new Set());
  };
  return (
    <PageFrame
      dark={facts.dark}
      title={product?.name ?? say('title')}
      subtitle={data ? subtitleOf(data, say) : undefined}
      note={
        readAt === null ? (failure === null ? say('loading') : '') : say('updated', { t: format.time(readAt, now) })
      }
      messages={failure === null ? [] : [failure]}
      notices={[
        ...silentNotice(data, say, facts, now),
        ...syncNotice(all, say, () => all.forEach(({ no }) => drop(no))),
      ]}
      told=""
      busy={data === null && failure === null}
      commandsName={say('commands')}
      commands={
        <>
          <PageButton text={say('refresh')} icon="Sync" look="command" onClick={again} />
          <PageButton
            text={say('syncNow')}
            icon="Sync"
            look="command"
            disabled={data === null || data.projects.length === 0}
            onClick={sync}
          />
          <PageButton
            text={say('createTickets')}
            icon="Add"
            look="command"
            disabled={selected.length === 0}
            onClick={() => setDialog(selected.map(({ id }) => id))}
          />
          <PageButton
            text={say('openInJira')}
            icon="OpenInNewWindow"
            look="command"
            disabled={!selected.some((error) => safeUrl(ticketOf(error)?.url ?? null) !== null)}
            onClick={openTickets}
          />
        </>
      }
      actions={
        data !== null && (
          <select
            className="page-input product-choice"
            aria-label={say('product')}
            value={product?.id ?? ''}
            onChange={(event) => {
              choose(new Set());
              want(event.currentTarget.value);
            }}
          >
            {productChoices(data.products).map(({ family, products }) => (
              <optgroup key={family} label={family || say('noFamily')}>
                {products.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )
      }
    >
      {data !== null && health !== null && product === null && (
        <section className="page-card">
          <p className="crmjira-sub">{say('noProduct')}</p>
        </section>
      )}
      {data !== null && health !== null && product !== null && (
        <>
          <Belongings {...{ data, facts, say, today, now }} />
          <div className="product-figures">
            <FigureCard kind="events" figures={health.errors} {...{ data, facts, say }} />
            <FigureCard kind="resolved" figures={health.tickets} {...{ data, facts, say }} />
            <StatusCard {...{ data, facts, say }} />
          </div>
          <TopErrors
            {...{ data, facts, say, today, now, chosen }}
            onChosen={choose}
            onCreate={(some) => setDialog(some.map(({ id }) => id))}
          />
          {dialog !== null && (
            <TicketDialog
              {...{ data, facts, say, errors }}
              asked={tickets}
              onAsk={(wish) => void createTickets(wish)}
              onClose={close}
            />
          )}
        </>
      )}
    </PageFrame>
  );
}

type Words = ReturnType<typeof sayIn<typeof productHealthTexts>>;

function subtitleOf({ product, products }: ProductFacts, say: Words): string {
  const family = product === null ? '' : familyOf(new Map(products.map((one) => [one.id, one])), product);
  return family === '' ? say('subtitlePlain') : say('subtitle', { family });
}

/** That the monitor does not answer, and from when its events are. */
function silentNotice(
  data: ProductFacts | null,
  say: Words,
  { format }: PageFacts,
  now: string,
): readonly NoticeView[] {
  if (data === null || data.silent === null) return [];
  const { name, since, lastGoodOn } = data.silent;
  const strong =
    since === null || lastGoodOn === null
      ? say('silentPlain', { name })
      : say('silent', { name, t1: format.time(since, now), t2: format.time(lastGoodOn, now) });
  return [{ tone: 'warn', icon: 'PlugDisconnected', strong, text: say('silentNext') }];
}

/** What came of the syncs that were asked for from here, together. */
function syncNotice(
  all: ReturnType<typeof useAsked<'sync'>>['all'],
  say: Words,
  dismiss: () => void,
): readonly NoticeView[] {
  if (all.length === 0) return [];
  const failed = all.filter(({ asked }) => asked.notSent !== null || asked.state > CommandState.Done);
  const actions = [{ text: say('dismiss'), onClick: dismiss }];
  if (failed.length > 0) {
    const [first] = failed;
    const isForbidden = first?.asked.notSent === 'forbidden';
    return [
      {
        tone: 'over',
        icon: 'ErrorBadge',
        strong: first?.asked.result || say(isForbidden ? 'notAllowed' : 'notSent'),
        text: first?.asked.result ? '' : say(isForbidden ? 'notAllowedNext' : 'notSentNext'),
        actions,
      },
    ];
  }
  if (all.every(({ asked }) => isAnswered(asked)))
    return [{ tone: 'ok', icon: 'Completed', strong: say('syncDone'), text: '', actions }];
  return [{ tone: 'brand', icon: 'ProgressRingDots', strong: say('syncAsked'), text: say('syncAskedNext') }];
}
