import * as React from 'react';
import { Chip } from '@crmjira/form-data';
import { CheckAll, CheckOne, type Chosen, toggled } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import { openPage, openRecord } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import { type Say, counted } from '../platform/page-words';
import { familyOf } from '../platform/read-products';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import {
  EVERYTHING,
  type Filter,
  type JiraFacts,
  type Mapping,
  type Project,
  type SortKey,
  countOf,
  isMapped,
  isNew,
  isSilent,
  shownProjects,
} from './jira-view';
import type { jiraProjectsTexts } from '../../strings/generated/jira-projects';

type Key = keyof typeof jiraProjectsTexts;

/** Rows that are shown at first, and with each press on more. */
const A_TIME = 12;

const MAPPINGS = {
  all: 'mappedAll',
  product: 'mappedProduct',
  opportunity: 'mappedOpportunity',
  none: 'mappedNone',
} as const satisfies Readonly<Record<Mapping, Key>>;

export interface ProjectsProps {
  readonly jira: JiraFacts;
  readonly facts: PageFacts;
  readonly say: Say<typeof jiraProjectsTexts>;
  readonly now: string;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  readonly onOffer: (project: Project, offered: boolean) => void;
  readonly onAssign: () => void;
  readonly onRemove: () => void;
  readonly onSync: () => void;
  readonly onDiscover: () => void;
}

/** Projects of all sites: to what they belong, whether they are offered, how much is open (R-1702 to R-1704). */
export function Projects(props: ProjectsProps): React.ReactElement {
  const { jira, facts, say, now, filter, onFilter, chosen, onChosen, onDiscover } = props;
  const { format } = facts;
  const [most, setMost] = React.useState(A_TIME);
  const fitting = shownProjects(jira, filter, now);
  const shown = fitting.slice(0, most);
  const change = (part: Partial<Filter>): void => onFilter({ ...filter, ...part });
  const last =
    jira.projects
      .map(({ discoveredOn }) => discoveredOn ?? '')
      .sort()
      .at(-1) ?? '';
  const sortable = (sort: SortKey, className?: string): React.ReactElement => (
    <SortHead key={sort} {...{ sort, className, filter, onFilter, say }} />
  );
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2 id="projects">{say('jiraProjects')}</h2>
        <p className="crmjira-sub page-spread">
          {last === '' ? say('discoveredNever') : say('discovered', { t: format.time(last, now) })}
        </p>
      </div>
      <div className="page-filters" hidden={jira.projects.length === 0}>
        <input
          type="search"
          className="page-input"
          aria-label={say('filterText')}
          placeholder={say('filterText')}
          value={filter.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <select
          className="page-input"
          aria-label={say('organization')}
          value={filter.organizationId}
          onChange={(event) => change({ organizationId: event.currentTarget.value })}
        >
          <option value="">{say('allOrganizations', { n: format.number(jira.organizations.length) })}</option>
          {jira.organizations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select
          className="page-input"
          aria-label={say('mapped')}
          value={filter.mapping}
          // the values are those of the list
          onChange={(event) => change({ mapping: event.currentTarget.value as Mapping })}
        >
          {Object.entries(MAPPINGS).map(([mapping, key]) => (
            <option key={mapping} value={mapping}>
              {say(key)}
            </option>
          ))}
        </select>
        <label className="page-checklabel">
          <input
            type="checkbox"
            className="page-check"
            checked={filter.archived}
            onChange={() => change({ archived: !filter.archived })}
          />
          {say('showArchived')}
        </label>
        <span className="crmjira-spring" />
        <Pill
          text={say('notMappedN', { n: format.number(jira.projects.filter((one) => !isMapped(one)).length) })}
          pressed={filter.mapping === 'none'}
          onPress={() => change({ mapping: filter.mapping === 'none' ? 'all' : 'none' })}
        />
        <Pill
          text={say('newN', { n: format.number(jira.projects.filter((one) => isNew(one, now)).length) })}
          pressed={filter.onlyNew}
          onPress={() => change({ onlyNew: !filter.onlyNew })}
        />
      </div>
      {chosen.size > 0 && (
        <div className="page-selection">
          <b>{counted(say, 'selected', chosen.size, format)}</b>
          <PageButton text={say('bulkAssign')} icon="Product" look="small primary" onClick={props.onAssign} />
          <PageButton text={say('syncNow')} icon="Sync" look="small" onClick={props.onSync} />
          <PageButton text={say('removeProduct')} icon="RemoveLink" look="small" onClick={props.onRemove} />
          <PageButton text={say('clearSelection')} look="small ghost" onClick={() => onChosen(new Set())} />
        </div>
      )}
      {fitting.length === 0 ? (
        <div className="page-empty">
          <p className="crmjira-sub">{say(jira.projects.length === 0 ? 'noProject' : 'noFit')}</p>
          <div className="page-noticeactions">
            {jira.projects.length > 0 && (
              <PageButton text={say('clearFilters')} look="small" onClick={() => onFilter(EVERYTHING)} />
            )}
            <PageButton text={say('discover')} icon="Search" look="small" onClick={onDiscover} />
          </div>
        </div>
      ) : (
        <>
          <ScrollTable name={say('jiraProjects')}>
            <thead>
              <tr>
                <th scope="col" className="page-checkcell">
                  <CheckAll
                    name={say('selectAllProjects')}
                    ids={shown.map(({ id }) => id)}
                    chosen={chosen}
                    onChange={onChosen}
                  />
                </th>
                {sortable('key')}
                {sortable('name')}
                <th scope="col">{say('organization')}</th>
                <th scope="col">{say('lead')}</th>
                <th scope="col">{say('mapped')}</th>
                <th scope="col">{say('offered')}</th>
                {sortable('open', 'page-number')}
                {sortable('all', 'page-number')}
                <th scope="col">{say('lastSync')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((project) => (
                <Row key={project.id} {...props} project={project} />
              ))}
            </tbody>
          </ScrollTable>
          <p className="crmjira-sub page-cardhead page-foot">
            <span className="page-spread">
              {say('shownOf', { a: format.number(shown.length), n: format.number(fitting.length) })}
            </span>
            {fitting.length > shown.length && (
              <LinkButton
                text={say('showMore', { n: format.number(Math.min(A_TIME, fitting.length - shown.length)) })}
                onClick={() => setMost(most + A_TIME)}
              />
            )}
          </p>
        </>
      )}
      {jira.projects.length > 0 && <p className="crmjira-sub">{say('offeredNote')}</p>}
    </section>
  );
}

const SORT_WORDS = {
  key: 'key',
  name: 'name',
  open: 'openIssues',
  all: 'allIssues',
} as const satisfies Readonly<Record<SortKey, Key>>;

function SortHead(props: {
  readonly sort: SortKey;
  readonly className?: string;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly say: ProjectsProps['say'];
}): React.ReactElement {
  const { sort, className, filter, onFilter, say } = props;
  const isSorted = filter.sort === sort;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={isSorted ? (filter.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className="page-sort"
        onClick={() =>
          onFilter({ ...filter, sort, descending: isSorted ? !filter.descending : sort === 'open' || sort === 'all' })
        }
      >
        {isSorted && (
          <span className={filter.descending ? undefined : 'page-upwards'}>
            <PageIcon name="SortDown" />
          </span>
        )}
        {say(SORT_WORDS[sort])}
      </button>
    </th>
  );
}

const Pill = (props: {
  readonly text: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}): React.ReactElement => (
  <button type="button" className="page-pill" aria-pressed={props.pressed} onClick={props.onPress}>
    {props.text}
  </button>
);

function Row(props: ProjectsProps & { readonly project: Project }): React.ReactElement {
  const { project, jira, facts, say, now, chosen, onChosen, onOffer } = props;
  const { format } = facts;
  const { id, key, name, lead, isArchived, isOffered, syncedOn } = project;
  const organization = jira.organizations.find((one) => one.id === project.organizationId);
  const counts = countOf(jira, project);
  const synced = syncedOn === null ? say('never') : format.time(syncedOn, now);
  return (
    <tr className={chosen.has(id) ? 'page-chosen' : undefined}>
      <td className="page-checkcell">
        <CheckOne
          name={say('selectOne', { name: key })}
          checked={chosen.has(id)}
          onChange={() => onChosen(toggled(chosen, id))}
        />
      </td>
      <th scope="row" className="page-nowrap">
        <LinkButton text={key} strong onClick={() => openRecord('crmjira_jira_project', id)} />
      </th>
      <td>
        <span className="page-withchips">
          {name}
          {isNew(project, now) && <Chip tone="brand" icon="Info" text={say('new')} />}
          {isArchived && <Chip tone="neutral" icon="Archive" text={say('archived')} />}
        </span>
      </td>
      <td>{organization?.name}</td>
      <td>{lead}</td>
      <td>
        <MappedTo {...props} />
      </td>
      <td>
        <input
          type="checkbox"
          role="switch"
          className="page-switch"
          aria-label={say('offeredOf', { key })}
          checked={isOffered}
          onChange={() => onOffer(project, !isOffered)}
        />
      </td>
      <td className="page-number">{format.number(counts.open)}</td>
      <td className="page-number">{format.number(counts.all)}</td>
      <td className="page-nowrap">
        {isOffered && isSilent(organization) ? (
          <>
            <Chip tone="warn" icon="PlugDisconnected" text={say('notSyncing')} />
            <small>{synced}</small>
          </>
        ) : (
          synced
        )}
      </td>
    </tr>
  );
}

/** The product that a project belongs to, or the opportunity (R-1703). */
function MappedTo({ project, jira, say }: ProjectsProps & { readonly project: Project }): React.ReactElement {
  const { productId, opportunity } = project;
  const product = jira.products.find(({ id }) => id === productId);
  if (product !== undefined) {
    const family = familyOf(new Map(jira.products.map((one) => [one.id, one])), product);
    return (
      <>
        <span className="page-withicon">
          <PageIcon name="Product" />
          <LinkButton text={product.name} onClick={() => openPage('product-health', `id=${product.id}`)} />
        </span>
        {family && <small>{family}</small>}
      </>
    );
  }
  if (opportunity !== null)
    return (
      <>
        <span className="page-withicon">
          <PageIcon name="Money" />
          <LinkButton text={opportunity.name} onClick={() => openRecord('opportunity', opportunity.id)} />
        </span>
        {opportunity.reference && <small>{opportunity.reference}</small>}
      </>
    );
  return <span className="crmjira-sub">{say('notMapped')}</span>;
}
