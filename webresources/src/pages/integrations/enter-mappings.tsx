import * as React from 'react';
import { Direction, type EnteredMapping, type TryAnswer } from '@crmjira/domain';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import { fieldId } from './enter-field';

/** Transforms by name; null: as it is. */
const TRANSFORMS = {
  shorten: 'transformShorten',
  'date-only': 'transformDateOnly',
  'iso-date-time': 'transformIso',
  'text-to-number': 'transformNumber',
  'text-to-amount': 'transformAmount',
  'html-to-wiki': 'transformWiki',
  'status-map': 'transformStatus',
  'priority-map': 'transformPriority',
  'choice-map': 'transformChoice',
  'display-name': 'transformName',
} as const;

const DIRECTIONS = {
  [Direction.Outbound]: 'toOther',
  [Direction.Inbound]: 'fromOther',
  [Direction.Both]: 'bothWays',
} as const;

export interface MappingsProps {
  readonly mappings: readonly EnteredMapping[];
  readonly onMappings: (mappings: readonly EnteredMapping[]) => void;
  /** what is wrong, by path (`mappings.3.transform`) */
  readonly problems: ReadonlyMap<string, string>;
  /** what the last try gave; null: none */
  readonly tried: TryAnswer | null;
  /** what the other side's field is called */
  readonly otherField: string;
  /** what a new mapping begins with */
  readonly fresh: EnteredMapping;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
  readonly actions?: React.ReactNode;
}

/** Mappings of which the service has said what is wrong: number → sentence. Pure. */
export function brokenMappings(problems: ReadonlyMap<string, string>): ReadonlyMap<number, string> {
  const broken = new Map<number, string>();
  for (const [path, says] of problems) {
    const at = /^mappings\.(\d+)/.exec(path)?.[1];
    if (at !== undefined && !broken.has(Number(at))) broken.set(Number(at), says);
  }
  return broken;
}

const cellId = (at: number): string => fieldId(`mappings.${at}`);

/** Which field goes where, in which order, with an example of each; a refused one says why (R-1614). */
export function MappingTable(props: MappingsProps): React.ReactElement {
  const { mappings, onMappings, problems, tried, otherField, fresh, say, format, actions } = props;
  const broken = brokenMappings(problems);
  const nothing = tried?.rows.filter(({ says }) => says !== null).length ?? 0;
  const set = (at: number, part: Partial<EnteredMapping>): void =>
    onMappings(mappings.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const [first] = [...broken.keys()].sort((one, other) => one - other);
  return (
    <section className="page-card" aria-label={say('mappings')}>
      {first !== undefined && (
        <Notice
          tone="over"
          icon="ErrorBadge"
          strong={say(broken.size === 1 ? 'mappingRefused' : 'mappingsRefused', {
            a: format.number(broken.size),
            n: format.number(mappings.length),
          })}
          text={say('mappingReason', { i: format.number(first + 1), reason: broken.get(first) ?? '' })}
          actions={[
            {
              text: say('goToMapping', { i: format.number(first + 1) }),
              onClick: () => document.getElementById(cellId(first))?.focus(),
            },
          ]}
        />
      )}
      <div className="page-cardhead">
        <h2>{say('mappings')}</h2>
        <span className="crmjira-sub page-spread">{counted(say, 'mappingsN', mappings.length, format)}</span>
        {nothing > 0 && (
          <span className="enter-problem">
            <PageIcon name="ErrorBadge" />
            {counted(say, 'findsNothing', nothing, format)}
          </span>
        )}
        <PageButton text={say('addMapping')} icon="Add" look="small" onClick={() => onMappings([...mappings, fresh])} />
        {actions}
      </div>
      {mappings.length > 0 && (
        <ScrollTable name={say('mappings')} className="enter-table">
          <thead>
            <tr>
              {[
                '#',
                say('table'),
                say('fieldHere'),
                say('direction'),
                otherField,
                say('transform'),
                say('key'),
                say('example'),
              ].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">
                <span className="crmjira-hidden">{say('remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {mappings.map((mapping, at) => (
              <MappingRow
                // Their place is all that tells them apart.
                key={at}
                {...{ mapping, at, say, format, otherField }}
                problem={broken.get(at) ?? null}
                tried={tried?.rows.find(({ index }) => index === at) ?? null}
                onChange={(part) => set(at, part)}
                onRemove={() => onMappings(mappings.filter((_, index) => index !== at))}
              />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}

function MappingRow(props: {
  readonly mapping: EnteredMapping;
  readonly at: number;
  readonly problem: string | null;
  readonly tried: TryAnswer['rows'][number] | null;
  readonly otherField: string;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
  readonly onChange: (part: Partial<EnteredMapping>) => void;
  readonly onRemove: () => void;
}): React.ReactElement {
  const { mapping, at, problem, tried, otherField, say, format, onChange, onRemove } = props;
  const no = format.number(at + 1);
  const named = (name: string): string => say('ofMapping', { name, i: no });
  const text = (part: 'sourceTable' | 'sourceField' | 'targetField', name: string, id?: string) => (
    <input
      id={id}
      className={`page-input${part === 'targetField' ? ' enter-code' : ''}`}
      aria-label={named(name)}
      aria-invalid={problem !== null}
      aria-describedby={problem === null ? undefined : `${cellId(at)}-problem`}
      value={mapping[part]}
      spellCheck={false}
      onChange={(event) => onChange({ [part]: event.currentTarget.value })}
    />
  );
  const example = tried === null ? '' : (tried.says ?? exampleText(tried));
  return (
    <>
      <tr className={problem === null ? undefined : 'enter-broken'}>
        <th scope="row">{no}</th>
        <td className="enter-cell">{text('sourceTable', say('table'))}</td>
        <td className="enter-cell">{text('sourceField', say('fieldHere'))}</td>
        <td className="enter-cell">
          <select
            className="page-input"
            aria-label={named(say('direction'))}
            value={mapping.direction}
            // the options are the values of the choice
            onChange={(event) => onChange({ direction: Number(event.currentTarget.value) as Direction })}
          >
            {Object.values(Direction).map((direction) => (
              <option key={direction} value={direction}>
                {say(DIRECTIONS[direction])}
              </option>
            ))}
          </select>
        </td>
        <td className="enter-cell">{text('targetField', otherField, cellId(at))}</td>
        <td className="enter-cell">
          <select
            className="page-input"
            aria-label={named(say('transform'))}
            value={mapping.transform ?? ''}
            onChange={(event) => onChange({ transform: event.currentTarget.value || null })}
          >
            <option value="">{say('transformNone')}</option>
            {mapping.transform !== null && !(mapping.transform in TRANSFORMS) && <option>{mapping.transform}</option>}
            {Object.entries(TRANSFORMS).map(([name, key]) => (
              <option key={name} value={name}>
                {say(key)}
              </option>
            ))}
          </select>
        </td>
        <td>
          <input
            type="checkbox"
            className="page-check"
            aria-label={named(say('key'))}
            checked={mapping.isKey}
            onChange={(event) => onChange({ isKey: event.currentTarget.checked })}
          />
        </td>
        <td className={tried !== null && tried.says !== null ? 'enter-nothing' : 'enter-example'}>{example}</td>
        <td>
          <button type="button" className="page-close" aria-label={say('removeMapping', { i: no })} onClick={onRemove}>
            <PageIcon name="Delete" />
          </button>
        </td>
      </tr>
      {problem !== null && (
        <tr className="enter-broken">
          <td />
          <td colSpan={8}>
            <span id={`${cellId(at)}-problem`} className="enter-problem">
              <PageIcon name="ErrorBadge" />
              {problem}
            </span>
          </td>
        </tr>
      )}
    </>
  );
}

const exampleText = ({ before, after }: TryAnswer['rows'][number]): string =>
  before === after || before === null ? (after ?? '') : `${before} → ${after ?? ''}`;
