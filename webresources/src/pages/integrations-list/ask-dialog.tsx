import * as React from 'react';
import type { integrationsListTexts } from '../../strings/generated/integrations-list';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import type { Say } from '../platform/page-words';

/** Asks before an integration stops or goes, and says what stays; what keeps it has the focus. */
export function AskDialog(props: {
  readonly what: 'deactivate' | 'delete';
  /** of the integration */
  readonly name: string;
  /** it has been run at some time */
  readonly hasRun: boolean;
  readonly say: Say<typeof integrationsListTexts>;
  readonly onYes: () => void;
  readonly onClose: () => void;
}): React.ReactElement {
  const { what, name, hasRun, say, onYes, onClose } = props;
  const isDelete = what === 'delete';
  const foot = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => foot.current?.querySelector<HTMLElement>('button:last-child')?.focus(), []);
  const keep = say(isDelete ? 'keepIt' : 'keepActive');
  return (
    <PageDialog title={say(isDelete ? 'deleteTitle' : 'deactivateTitle', { name })} close={keep} onClose={onClose}>
      <div className="page-dialogbody">
        <p>{say(!isDelete ? 'deactivateText' : hasRun ? 'deleteHasRun' : 'deleteNeverRun')}</p>
      </div>
      <div className="page-dialogfoot" ref={foot}>
        <PageButton text={say(what)} icon={isDelete ? 'Delete' : 'PowerButton'} onClick={onYes} />
        <PageButton text={keep} onClick={onClose} />
      </div>
    </PageDialog>
  );
}
