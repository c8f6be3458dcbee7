import * as React from 'react';
import type { EnteredMapping, TryAnswer } from '@crmjira/domain';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import { type Broken, MappingRow, type OtherSide, cellId } from './enter-mapping-row';

export interface MappingsProps {
  readonly mappings: readonly EnteredMapping[];
  readonly onMappings: (mappings: readonly EnteredMapping[]) => void;
  /** what is wrong, by path (`mappings.3.transform`) */
  readonly problems: ReadonlyMap<string, string>;
  /** what the last try gave; null: none */
  readonly tried: TryAnswer | null;
  readonly side: OtherSide;
  /** what the other side's field is called */
  readonly otherField: string;
  /** what a new mapping begins with */
  readonly fresh: EnteredMapping;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
  readonly actions?: React.ReactNode;
}

/** Mappings of which the service has said what is wrong: number → sentence. Pure. */
export function brokenMappings(problems: ReadonlyMap<string, string>): ReadonlyMap<number, Broken> {
  const broken = new Map<number, Broken>();
  for (const [path, says] of problems) {
    const [, at, part = ''] = /^mappings\.(\d+)\.?(\w*)/.exec(path) ?? [];
    if (at !== undefined && !broken.has(Number(at))) broken.set(Number(at), { part, says });
  }
  return broken;
}

/** Which field goes where, in which order, with an example of each; a refused one says why (R-1614). */
export function MappingTable(props: MappingsProps): React.ReactElement {
  const { mappings, onMappings, problems, tried, side, otherField, fresh, say, format, actions } = props;
  const broken = brokenMappings(problems);
  const nothing = tried?.rows.filter(({ says }) => says !== null).length ?? 0;
  const set = (at: number, part: Partial<EnteredMapping>): void =>
    onMappings(mappings.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const [first] = [...broken.keys()].sort((one, other) => one - other);
  return (
    <div className="page-card">
      {first !== undefined && (
        <Notice
          tone="over"
          icon="ErrorBadge"
          strong={say(broken.size === 1 ? 'mappingRefused' : 'mappingsRefused', {
            a: format.number(broken.size),
            n: format.number(mappings.length),
          })}
          text={say('mappingReason', { i: format.number(first + 1), reason: broken.get(first)?.says ?? '' })}
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
        <span className="crmjira-sub page-spread">
          {mappings.length > 0 && counted(say, 'mappingsN', mappings.length, format)}
        </span>
        {nothing > 0 && (
          <span className="enter-problem">
            <PageIcon name="ErrorBadge" />
            {counted(say, 'findsNothing', nothing, format)}
          </span>
        )}
        <PageButton text={say('addMapping')} icon="Add" look="small" onClick={() => onMappings([...mappings, fresh])} />
        {actions}
      </div>
      {mappings.length === 0 && <p className="crmjira-sub">{say('noMappings')}</p>}
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
                {...{ mapping, at, say, format, side, otherField }}
                problem={broken.get(at) ?? null}
                tried={tried?.rows.find(({ index }) => index === at) ?? null}
                onChange={(part) => set(at, part)}
                onRemove={() => onMappings(mappings.filter((_, index) => index !== at))}
              />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </div>
  );
}
