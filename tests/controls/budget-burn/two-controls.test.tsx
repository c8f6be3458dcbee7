import '@testing-library/jest-dom';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { JiraProject } from '../../../controls/jira-project/src/JiraProject/index';
import { fakeContext } from '../platform/fake-context';
import { fakeWebApi } from '../platform/fake-web-api';
import { tables } from '../platform/rows';
import { freezePage, thawPage } from '../platform/show-control';

beforeEach(freezePage);
afterEach(thawPage);

describe('both controls on one form', () => {
  const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));

  async function show() {
    const server = fakeWebApi(tables({ crmjira_budget_mapping: [] }));
    const burnContext = fakeContext<never>({ control: 'budget-burn', webApi: server.api });
    const projectContext = fakeContext<never>({ control: 'jira-project', webApi: server.api });
    const burn = new BudgetBurn();
    const project = new JiraProject();
    burn.init(burnContext);
    project.init(projectContext);
    render(
      <>
        {burn.updateView(burnContext)}
        {project.updateView(projectContext)}
      </>,
    );
    await pass(0);
    return server;
  }

  it('read the rows once, not twice', async () => {
    const server = await show();
    expect(server.calls.filter((call) => call === 'list crmjira_budget_mapping')).toHaveLength(1);
    await pass(4_000);
    expect(server.calls.filter((call) => call === 'list crmjira_budget_mapping')).toHaveLength(2);
  });

  it('show what was asked for in either; only the one that was asked tells the answer', async () => {
    const server = await show();
    const burn = screen.getByRole('region', { name: 'Budget burn' });
    const project = screen.getByRole('region', { name: 'Jira project' });
    const user = userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });
    await user.click(within(burn).getByRole('button', { name: 'Create Jira project' }));
    await pass(0);
    expect(server.tables.crmjira_command).toHaveLength(1);
    expect(within(burn).getByRole('status')).toHaveTextContent('Requested.');
    expect(within(project).getByText('Being created', { selector: '.crmjira-chip' })).toBeInTheDocument();
    expect(within(project).getByRole('status')).not.toHaveTextContent('Requested.');
  });
});
