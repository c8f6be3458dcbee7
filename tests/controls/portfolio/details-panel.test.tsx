import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, render, screen } from '@testing-library/react';
import { DetailsPanel } from '../../../controls/portfolio/src/components/details-panel';
import type { DetailsView } from '../../../controls/portfolio/src/view/portfolio-view';

const takes = [
  { side: 'crm', text: 'Dynamics', label: 'Take the value of Dynamics: Approved amount' },
  { side: 'jira', text: 'Jira', label: 'Take the value of Jira: Approved amount' },
];
const view = (differs: boolean, told = '', busy = false): DetailsView => ({
  label: 'Details of Acme',
  problem: null,
  fieldCaption: 'Dynamics and Jira, field by field',
  fieldHeads: ['Field', 'Dynamics', 'Jira', 'Different since', 'Take the value of'],
  fields: [
    {
      field: 'approved',
      texts: ['Approved amount', '$250', differs ? '$300' : '$250', differs ? '14:04' : 'The same'],
      differs,
      takes: differs ? takes : null,
    },
  ],
  busy,
  told,
  workCaption: 'Work by month',
  workHeads: ['Month', 'Hours', 'Cost'],
  work: [],
  notes: [],
});
const draw = (details: DetailsView, onTake: (argument: string, label: string) => void = () => undefined) =>
  React.createElement(DetailsPanel, { details, onTake });

describe('R-1506 R-1936 taking a side by keyboard', () => {
  test('leaves the focus in the details, where the answer is told, when the difference and its buttons go', () => {
    const asked = jest.fn();
    const { rerender } = render(draw(view(true), asked));
    const button = screen.getByRole('button', { name: 'Take the value of Dynamics: Approved amount' });
    button.focus();
    fireEvent.click(button);
    expect(asked).toHaveBeenCalledWith('approved crm', 'Take the value of Dynamics: Approved amount');
    rerender(draw(view(false, 'The approved amount is $250 on both sides.'), asked));
    expect(button).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Details of Acme' })).toHaveFocus();
    expect(screen.getByRole('status')).toHaveTextContent('on both sides');
  });

  test('asks nothing and moves nothing while another answer is awaited', () => {
    const asked = jest.fn();
    render(draw(view(true, '', true), asked));
    const button = screen.getByRole('button', { name: 'Take the value of Jira: Approved amount' });
    button.focus();
    fireEvent.click(button);
    expect(asked).not.toHaveBeenCalled();
    expect(button).toHaveFocus();
  });
});

test('R-1506 only a field that differs names its fourth cell, which its background hangs on', () => {
  const { container, rerender } = render(draw(view(true)));
  const fourth = () => container.querySelector('tr > :nth-child(4)[data-label]');
  expect(fourth()).toHaveTextContent('14:04');
  rerender(draw(view(false)));
  expect(fourth()).toBeNull();
});
