import { type MessageView, message } from '@crmjira/form-data';
import type { deleteTimeTexts } from '../../strings/generated/delete-time';
import type { Say } from '../platform/page-words';
import type { Step } from './use-deletion';

/** What a step says of one record. @param id of its worklog */
export function messageOf(step: Step, say: Say<typeof deleteTimeTexts>, id: string): MessageView | null {
  switch (step.kind) {
    case 'asking':
      return null;
    case 'removing':
      return message('brand', 'ProgressRingDots', say('removing', { id }), '');
    case 'deleting':
      return message('brand', 'ProgressRingDots', say('deleting'), '');
    case 'deleted':
      return message('ok', 'Completed', say('deleted'), '');
    case 'notRemoved':
      return message('over', 'ErrorBadge', step.result || say('notRemoved'), say('kept'));
    case 'waits':
      return message('warn', 'Clock', say('waits'), say('kept'));
    case 'notDeleted':
      return message('over', 'ErrorBadge', say(step.isForbidden ? 'notAllowed' : 'notDeleted'), say('kept'));
  }
}
