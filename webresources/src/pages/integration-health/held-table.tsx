import * as React from 'react';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { DefaultButton } from '../platform/plain-buttons';
import type { HeldProject } from './read-held';
import type { Releases } from './use-releases';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

/** Rows that are shown; *Release all* takes those beyond them too. */
const SHOWN = 200;

/** Projects that wait for an administrator, and their release, of all or of those that are ticked (F-107). */
export function HeldTable(props: {
  readonly held: readonly HeldProject[];
  readonly releases: Releases;
  readonly say: Say<typeof integrationHealthTexts>;
  readonly format: PageFormat;
  readonly now: string;
}): React.ReactElement | null {
  const { held, releases, say, format, now } = props;
  const [ticked, tick] = React.useState<ReadonlySet<string>>(new Set());
  if (held.length === 0) return null;
  const shown = held.slice(0, SHOWN);
  const isTicked = (id: string): boolean => ticked.has(id) && !releases.requested.has(id);
  const toggle = (id: string): void => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    tick(next);
  };
  const selected = shown.filter(({ opportunityId }) => isTicked(opportunityId));
  const heads = [say('opportunity'), say('reference'), say('heldSince')];
  return (
    <section className="page-card" aria-labelledby="held">
      <div className="page-cardhead page-errorhead">
        <h2 id="held">{say('held', { n: format.number(held.length) })}</h2>
        <DefaultButton
          text={say('releaseSelected')}
          disabled={releases.busy || selected.length === 0}
          onClick={() => releases.release(selected.map(({ opportunityId }) => opportunityId))}
        />
        <DefaultButton
          text={say('releaseAll')}
          disabled={releases.busy}
          onClick={() => releases.release(held.map(({ opportunityId }) => opportunityId))}
        />
      </div>
      <p className="crmjira-sub">{say('heldNote')}</p>
      <p role="status">{releases.told}</p>
      <div className="scroll" role="region" aria-labelledby="held" tabIndex={0}>
        <table className="page-table errors" aria-labelledby="held">
          <thead>
            <tr>
              <th scope="col">
                <span className="crmjira-hidden">{say('select')}</span>
              </th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ opportunityId, name, reference, heldOn }) => (
              <tr key={opportunityId}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={say('selectRecord', { record: name })}
                    checked={isTicked(opportunityId)}
                    disabled={releases.requested.has(opportunityId)}
                    onChange={() => toggle(opportunityId)}
                  />
                </td>
                <td data-label={heads[0]}>
                  <OpenOpportunity id={opportunityId} name={name} say={say} />
                </td>
                <td data-label={heads[1]}>{reference}</td>
                <td data-label={heads[2]}>
                  {releases.requested.has(opportunityId) ? say('releaseRequested') : format.time(heldOn, now)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {held.length > SHOWN && (
        <p className="crmjira-sub">{say('heldMore', { n: format.number(held.length - SHOWN) })}</p>
      )}
    </section>
  );
}

function OpenOpportunity(props: {
  readonly id: string;
  readonly name: string;
  readonly say: Say<typeof integrationHealthTexts>;
}): React.ReactElement {
  const { id, name, say } = props;
  const open = (): void =>
    void Xrm.Navigation.openForm({ entityName: 'opportunity', entityId: id }).then(undefined, console.error);
  return (
    <button
      type="button"
      className="crmjira-linkbutton"
      aria-label={say('openRecord', { record: name })}
      onClick={open}
    >
      {name}
    </button>
  );
}
