import * as React from 'react';
import { Direction, type EnteredMapping, type TryAnswer } from '@crmjira/domain';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { fieldId } from './enter-field';
import type { EnterSay } from './enter-view';

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

/** Directions by what the other side is called. */
const DIRECTIONS = {
  jira: { [Direction.Outbound]: 'toJira', [Direction.Inbound]: 'fromJira', [Direction.Both]: 'bothWays' },
  service: { [Direction.Outbound]: 'toOther', [Direction.Inbound]: 'fromOther', [Direction.Both]: 'bothWays' },
} as const;

export type OtherSide = keyof typeof DIRECTIONS;

/** What is wrong with a mapping, and with which part of it. */
export interface Broken {
  readonly part: string;
  readonly says: string;
}

/** Id of the cell that a refusal leads to. */
export const cellId = (at: number): string => fieldId(`mappings.${at}`);

/** One mapping: from where, to where, how, and what that gives. */
export function MappingRow(props: {
  readonly mapping: EnteredMapping;
  readonly at: number;
  readonly problem: Broken | null;
  readonly tried: TryAnswer['rows'][number] | null;
  readonly side: OtherSide;
  readonly otherField: string;
  readonly say: EnterSay;
  readonly format: PageFormat;
  readonly onChange: (part: Partial<EnteredMapping>) => void;
  readonly onRemove: () => void;
}): React.ReactElement {
  const { mapping, at, problem, tried, side, otherField, say, format, onChange, onRemove } = props;
  const no = format.number(at + 1);
  const named = (name: string): string => say('ofMapping', { name, i: no });
  const wrong = (part: string) => ({
    'aria-invalid': problem?.part === part,
    'aria-describedby': problem === null ? undefined : `${cellId(at)}-problem`,
  });
  const text = (part: 'sourceTable' | 'sourceField' | 'targetField', name: string, id?: string) => (
    <input
      id={id}
      className={`page-input${part === 'targetField' ? ' enter-code' : ''}`}
      aria-label={named(name)}
      {...wrong(part)}
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
            {...wrong('direction')}
            value={mapping.direction}
            // the options are the values of the choice
            onChange={(event) => onChange({ direction: Number(event.currentTarget.value) as Direction })}
          >
            {Object.values(Direction).map((direction) => (
              <option key={direction} value={direction}>
                {say(DIRECTIONS[side][direction])}
              </option>
            ))}
          </select>
        </td>
        <td className="enter-cell">{text('targetField', otherField, cellId(at))}</td>
        <td className="enter-cell">
          <select
            className="page-input"
            aria-label={named(say('transform'))}
            {...wrong('transform')}
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
              {problem.says}
            </span>
          </td>
        </tr>
      )}
    </>
  );
}

const exampleText = ({ before, after }: TryAnswer['rows'][number]): string =>
  before === after || before === null ? (after ?? '') : `${before} → ${after ?? ''}`;
