import * as React from 'react';
import { CommandType, commandTypeLabels } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import type { Chosen } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import type { NoticeView } from '../platform/notice';
import { openPage, openRecord } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { counted, failureMessage, sayIn } from '../platform/page-words';
import type { Product } from '../platform/read-products';
import type { PageFacts } from '../platform/start-page';
import { type Asking, useAsked } from '../platform/use-asked';
import { useReading } from '../platform/use-reading';
import { AssignDialog } from './assign-dialog';
import { Checklist } from './checklist';
import { EVERYTHING, type Filter, type JiraFacts, type Organization, type Project, stepsDone } from './jira-view';
import { Organizations } from './organization-table';
import { assignAnswer, assignedNotice, foundNew, outcomeOf, undoAnswer, undoneNotice } from './outcome';
import { Projects } from './project-table';
import { readJira } from './read-jira';
import { jiraProjectsTexts } from '../../strings/generated/jira-projects';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

/** What was asked for, with what was known then. */
type Kind =
  | { readonly what: 'test' | 'sync' | 'discover'; readonly about: string; readonly name: string }
  | { readonly what: 'assign'; readonly product: Product | null; readonly jira: JiraFacts; readonly about: string }
  | { readonly what: 'undo'; readonly jira: JiraFacts; readonly about: string };

const TYPES = {
  test: CommandType.TestConnection,
  sync: CommandType.SyncNow,
  discover: CommandType.DiscoverProjects,
} as const;

/** Jira sites and their projects, for administrators (R-1701 to R-1704, R-1714, R-1719). */
export function JiraPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(jiraProjectsTexts, language);
  const [reading, again] = useReading(readJira, READ_EVERY);
  const { all, ask, drop } = useAsked<Kind>(again);
  const [organizations, chooseOrganizations] = React.useState<Chosen>(new Set());
  const [projects, chooseProjects] = React.useState<Chosen>(new Set());
  const [filter, setFilter] = React.useState<Filter>(EVERYTHING);
  const [dialog, setDialog] = React.useState<'assign' | 'remove' | null>(null);
  const [list, setList] = React.useState<boolean | null>(null);
  /** what has just been switched, until the rows show it */
  const [offers, setOffers] = React.useState<ReadonlyMap<string, boolean>>(new Map());
  const [told, tell] = React.useState('');
  const now = new Date().toISOString();
  const { readAt, value } = reading;
  React.useEffect(() => {
    const shown = new Map(value?.projects.map(({ id, isOffered }) => [id, isOffered]));
    setOffers((before) => new Map([...before].filter(([id, offered]) => shown.get(id) !== offered)));
  }, [value]);
  const jira = value && withOffers(value, offers);
  const failure = failureMessage(reading, language, format, now);
  const speaking = { say, format, now };

  const label = (type: CommandType): string => commandTypeLabels[type][language];
  const askOf = (what: keyof typeof TYPES, { id, name }: Organization): void =>
    ask(
      { what, about: id, name },
      { regarding: { table: 'crmjira_integration', id }, type: TYPES[what], name: label(TYPES[what]) },
    );
  const chosenOrganizations = jira?.organizations.filter(({ id }) => organizations.has(id)) ?? [];
  const active = jira?.organizations.filter(({ isActive }) => isActive) ?? [];
  /** What is asked without a choice is asked of all that are active. */
  const askOfAll = (what: keyof typeof TYPES): void =>
    (chosenOrganizations.length > 0 ? chosenOrganizations : active).forEach((one) => askOf(what, one));
  const chosenProjects = jira?.projects.filter(({ id }) => projects.has(id)) ?? [];
  const syncProjects = (): void =>
    chosenProjects.forEach(({ id, key }) =>
      ask(
        { what: 'sync', about: id, name: key },
        {
          regarding: { table: 'crmjira_jira_project', id },
          type: CommandType.SyncNow,
          name: label(CommandType.SyncNow),
        },
      ),
    );
  const assign = (product: Product | null): void => {
    const [first] = chosenProjects;
    if (jira === null || first === undefined) return;
    ask(
      { what: 'assign', product, jira, about: first.id },
      {
        regarding: { table: 'crmjira_jira_project', id: first.id },
        type: CommandType.BulkAssign,
        name: label(CommandType.BulkAssign),
        // With its product as it was seen: one that has got another meanwhile stays as it is.
        payload: {
          projects: chosenProjects.map(({ id, productId }) => ({ id, product: productId })),
          product: product?.id ?? null,
        },
      },
    );
    setDialog(null);
    chooseProjects(new Set());
  };
  const undo = ({ asked, no, kind }: Asking<Kind>): void => {
    if (kind.what !== 'assign') return;
    drop(no);
    ask(
      { what: 'undo', jira: kind.jira, about: kind.about },
      {
        regarding: { table: 'crmjira_jira_project', id: kind.about },
        type: CommandType.Undo,
        name: label(CommandType.Undo),
        payload: { command: asked.id },
      },
    );
  };
  const offer = async ({ id, key }: Project, offered: boolean): Promise<void> => {
    setOffers((before) => new Map(before).set(id, offered));
    try {
      await Xrm.WebApi.updateRecord('crmjira_jira_project', id, { crmjira_is_offered: offered });
      tell(say(offered ? 'offeredOn' : 'offeredOff', { key }));
    } catch (error) {
      console.error('Whether a project is offered could not be changed.', error);
      setOffers((before) => new Map(before).set(id, !offered));
      tell(say('offeredFailed', { key }));
    }
    again();
  };

  const noticeOf = (one: Asking<Kind>): NoticeView => {
    const { kind, asked, no } = one;
    const dismiss = { text: say('dismiss'), onClick: () => drop(no) };
    const isDone = asked.answer !== null;
    if (kind.what === 'assign') {
      const answer = isDone ? assignAnswer(asked.answer) : null;
      if (answer === null) return outcomeOf(asked, say('assigning'), '', speaking);
      const actions =
        answer.assigned.length === 0
          ? [dismiss]
          : [{ text: say('undo'), icon: 'Undo' as const, onClick: () => undo(one) }, dismiss];
      return { ...assignedNotice(answer, kind.product, kind.jira, speaking), actions };
    }
    if (kind.what === 'undo') {
      const answer = isDone ? undoAnswer(asked.answer) : null;
      const notice =
        answer === null ? outcomeOf(asked, say('undoing'), '', speaking) : undoneNotice(answer, kind.jira, speaking);
      return isAnswered(asked) ? { ...notice, actions: [dismiss] } : notice;
    }
    const { name } = kind;
    const begun = { test: say('testing'), sync: say('syncing', { name }), discover: say('discovering', { name }) };
    const notice = outcomeOf(asked, begun[kind.what], name, speaking);
    if (!isAnswered(asked))
      return kind.what === 'test' ? { ...notice, text: asked.result || say('testingNote') } : notice;
    const found = kind.what === 'discover' ? foundNew(asked.answer) : null;
    if (found === null) {
      const works = kind.what === 'test' && notice.tone === 'ok';
      return { ...notice, ...(works ? { strong: say('works'), text: notice.strong } : {}), actions: [dismiss] };
    }
    if (found === 0) return { ...notice, strong: say('foundNone', { org: name }), actions: [dismiss] };
    return {
      tone: 'brand',
      icon: 'Info',
      strong: say(found === 1 ? 'foundNewOne' : 'foundNew', { n: format.number(found), org: name }),
      text: say('foundNewNext'),
      actions: [{ text: say('showNew'), onClick: () => setFilter({ ...EVERYTHING, onlyNew: true }) }, dismiss],
    };
  };
  const busy = new Set(all.flatMap(({ kind, asked }) => (isAnswered(asked) ? [] : kind.about)));
  const [only] = chosenOrganizations.length === 1 ? chosenOrganizations : [];
  const done = jira === null ? 0 : Object.values(stepsDone(jira)).filter(Boolean).length;
  const showsList = list ?? done < 5;
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={
        readAt === null ? (failure === null ? say('loading') : '') : say('updated', { t: format.time(readAt, now) })
      }
      messages={failure === null ? [] : [failure]}
      notices={all.map(noticeOf)}
      told={told}
      busy={jira === null && failure === null}
      commandsName={say('commands')}
      commands={
        <>
          <PageButton
            text={say('addOrganization')}
            icon="Add"
            look="command"
            onClick={() => openPage('connection-guide')}
          />
          <PageButton
            text={say('edit')}
            icon="Edit"
            look="command"
            disabled={only === undefined}
            onClick={() => only && openRecord('crmjira_integration', only.id)}
          />
          <PageButton
            text={say('testConnection')}
            icon="TestBeaker"
            look="command"
            disabled={only === undefined || busy.has(only.id)}
            onClick={() => only && askOf('test', only)}
          />
          <PageButton
            text={say('syncNow')}
            icon="Sync"
            look="command"
            disabled={active.length === 0}
            onClick={() => askOfAll('sync')}
          />
          <PageButton
            text={say('discover')}
            icon="Search"
            look="command"
            disabled={active.length === 0}
            onClick={() => askOfAll('discover')}
          />
          <PageButton
            text={say('bulkAssign')}
            icon="Product"
            look="command"
            disabled={chosenProjects.length === 0}
            onClick={() => setDialog('assign')}
          />
        </>
      }
      actions={
        jira !== null && (
          <p className="crmjira-sub page-withlink">
            {say('checklistDone', { n: format.number(done) })}
            <LinkButton text={say(showsList ? 'hide' : 'show')} onClick={() => setList(!showsList)} />
          </p>
        )
      }
    >
      {jira !== null && (
        <>
          {showsList && (
            <Checklist
              {...{ jira, facts, say, now }}
              onTest={() => askOfAll('test')}
              onSync={() => askOfAll('sync')}
              onAssign={() => document.getElementById('projects')?.scrollIntoView()}
            />
          )}
          <Organizations
            {...{ jira, facts, say, now, busy }}
            chosen={organizations}
            onChosen={chooseOrganizations}
            onTest={(one) => askOf('test', one)}
          />
          <Projects
            {...{ jira, facts, say, now, filter }}
            onFilter={setFilter}
            chosen={projects}
            onChosen={chooseProjects}
            onOffer={(project, offered) => void offer(project, offered)}
            onAssign={() => setDialog('assign')}
            onRemove={() => setDialog('remove')}
            onSync={syncProjects}
            onDiscover={() => askOfAll('discover')}
          />
          <p role="status" className="crmjira-hidden">
            {projects.size === 0 ? '' : counted(say, 'selected', projects.size, format)}
          </p>
          {dialog !== null && (
            <AssignDialog
              {...{ jira, facts, say }}
              projects={chosenProjects}
              removes={dialog === 'remove'}
              onAssign={assign}
              onClose={() => setDialog(null)}
            />
          )}
        </>
      )}
    </PageFrame>
  );
}

/** Rows with what was switched after they had been read. */
function withOffers(jira: JiraFacts, offers: ReadonlyMap<string, boolean>): JiraFacts {
  return {
    ...jira,
    projects: jira.projects.map((project) => ({ ...project, isOffered: offers.get(project.id) ?? project.isOffered })),
  };
}
