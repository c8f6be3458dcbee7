import * as React from 'react';
import { CommandBar, type ICommandBarItemProps, ThemeProvider } from '@fluentui/react';
import { ApprovalStatus, CommandState, CommandType } from '@crmjira/domain';
import { pageTheme } from '../pcf/design-language';
import type { HostTheme } from '../pcf/design-language';
import { word } from '../words';
import { approveNewest, requestApproval } from './approval';
import type { FormSession } from './form-session';
import type { MappingSummary } from './mapping';
import { sendCommand } from './send-command';

export interface CommandBarProps {
  readonly session: FormSession;
  readonly mapping: MappingSummary | null;
  readonly theme: HostTheme;
  readonly onBack: () => void;
}

/** Milliseconds for which a success stands. */
const goodNewsFor = 10_000;

const approverRole = 'CRM-JIRA Budget Approver';

/** Commands of the form. What a person may not or cannot do now is not offered. */
export function FormCommandBar({ session, mapping, theme, onBack }: CommandBarProps) {
  const { model, parts } = session;
  const { language } = parts;
  const say = (level: 'INFO' | 'SUCCESS' | 'ERROR', message: string) => {
    const notification = { id: 'host.command', level, message };
    model.notify(notification);
    // Good news goes by itself; what needs a person stays.
    if (level === 'SUCCESS')
      setTimeout(() => {
        if (model.notifications.get(notification.id) === notification) model.clear(notification.id);
      }, goodNewsFor);
  };

  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      say(
        'ERROR',
        word(language, 'commandRefused', { reason: error instanceof Error ? error.message : String(error) }),
      );
    }
  };
  const command = (type: CommandType) => () =>
    void attempt(async () => {
      say('INFO', word(language, 'commandSent'));
      const { state, result } = await sendCommand(parts.id, type);
      if (state === CommandState.Done) say('SUCCESS', result ?? word(language, 'savedMessage'));
      else if (state !== null) say('ERROR', word(language, 'commandRefused', { reason: result ?? '' }));
      if (!model.isDirty) await session.refresh();
    });

  const open = model.number('statecode') === 0;
  const approval = model.number('crmjira_approval_status');
  const amount = model.number('crmjira_project_budget') ?? model.number('budgetamount');
  const mayApprove = parts.persona.roles.some((role) => role.name === approverRole);
  const item = (
    key: string,
    text: string,
    iconName: string,
    onClick: () => void,
    disabled = false,
  ): ICommandBarItemProps => ({
    key,
    text,
    iconProps: { iconName },
    disabled,
    onClick: () => onClick(),
  });

  const items: ICommandBarItemProps[] = [
    { ...item('back', word(language, 'back'), 'Back', onBack), iconOnly: true, ariaLabel: word(language, 'back') },
    item('save', word(language, 'save'), 'Save', () => void session.save(), !open || model.state === 'saving'),
    item(
      'saveAndClose',
      word(language, 'saveAndClose'),
      'SaveAndClose',
      () => {
        void session.save().then((saved) => saved && onBack());
      },
      !open,
    ),
  ];
  if (mapping) items.push(item('sync', word(language, 'syncNow'), 'Sync', command(CommandType.SyncNow)));
  else if (open) items.push(item('create', word(language, 'createProject'), 'Add', command(CommandType.CreateProject)));
  if (mapping && open && amount !== null && approval !== ApprovalStatus.Pending && approval !== ApprovalStatus.Approved)
    items.push(
      item(
        'request',
        word(language, 'requestApproval'),
        'Send',
        () =>
          void attempt(async () => {
            await requestApproval(parts.id, amount, null);
            say('SUCCESS', word(language, 'approvalSent'));
          }),
      ),
    );
  if (mapping && open && approval === ApprovalStatus.Pending && mayApprove)
    items.push(
      item(
        'approve',
        word(language, 'approve'),
        'Completed',
        () =>
          void attempt(async () => {
            if (await approveNewest(parts.id)) say('SUCCESS', word(language, 'approved'));
          }),
      ),
    );
  if (mapping?.projectUrl) {
    const { projectUrl } = mapping;
    items.push(
      item(
        'jira',
        word(language, 'openInJira'),
        'OpenInNewWindow',
        () => void window.open(projectUrl, '_blank', 'noopener'),
      ),
    );
  }
  items.push(item('refresh', word(language, 'refresh'), 'Refresh', () => void attempt(() => session.refresh())));

  return (
    <ThemeProvider theme={pageTheme(theme)} applyTo="none">
      <div className="command-bar">
        <CommandBar
          items={items}
          ariaLabel={word(language, 'commands')}
          overflowButtonProps={{ ariaLabel: word(language, 'more'), menuIconProps: { iconName: 'More' } }}
        />
      </div>
    </ThemeProvider>
  );
}
