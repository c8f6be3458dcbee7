import * as React from 'react';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { type Candidate, CONFIDENCES } from './backfill-view';

/** What has been linked, as long as it can be undone. */
export function LinkedStep(props: {
  readonly candidates: readonly Candidate[];
  readonly linked: ReadonlySet<string>;
  /** wished, and left as it is */
  readonly kept: number;
  /** records that were looked through */
  readonly looked: number;
  readonly isBusy: boolean;
  readonly say: Say<typeof backfillPageTexts>;
  readonly format: PageFormat;
  readonly onSync: () => void;
  readonly onUndo: () => void;
}): React.ReactElement {
  const { candidates, linked, kept, looked, isBusy, say, format } = props;
  const n = format.number(linked.size);
  return (
    <div className="backfill-linked">
      <Notice
        tone="ok"
        icon="Link"
        strong={say('linked', { n, m: format.number(looked - linked.size) })}
        text={say('linkedNote')}
      />
      {kept > 0 && <Notice tone="warn" icon="Warning" strong={counted(say, 'kept', kept, format)} text="" />}
      <dl className="backfill-figures">
        {CONFIDENCES.map((confidence) => {
          const of = candidates.filter(({ proposal }) => proposal.confidence === confidence);
          return (
            <div key={confidence}>
              <dt>{say(confidence)}</dt>
              <dd>
                {say('of', {
                  a: format.number(of.filter(({ id }) => linked.has(id)).length),
                  b: format.number(of.length),
                })}
              </dd>
            </div>
          );
        })}
      </dl>
      <div className="page-noticeactions">
        <PageButton
          text={say('syncN', { n })}
          icon="CloudUpload"
          look="primary"
          disabled={isBusy || linked.size === 0}
          onClick={props.onSync}
        />
        <PageButton
          text={say('undo')}
          icon="Undo"
          look="small ghost"
          disabled={isBusy || linked.size === 0}
          onClick={props.onUndo}
        />
      </div>
    </div>
  );
}
