/** @jsx h */
import * as React from 'react';
import {
  ActionButtons,
  type CardProps,
  ControlRoot,
  Heading,
  Icon,
  Live,
  Message,
  Skeleton,
  h,
} from '@crmjira/form-data';
import type { ConditionView, FactView, ProjectView, StepView } from './project-view';

/** Draws a ProjectView; decides nothing. */
export const ProjectCard = React.memo(function ProjectCard(props: CardProps<ProjectView>): React.ReactElement {
  const { view, look, id, onAction } = props;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={view.narrow} busy={!!view.loading}>
      <Heading id={id} title={view.title} chips={view.chips}>
        {view.link && (
          <a href={view.link.url} target="_blank" rel="noreferrer noopener">
            {view.link.text}
            <span className="crmjira-hidden">{view.link.hint}</span>
            <Icon name="OpenInNewWindow" />
          </a>
        )}
      </Heading>
      {view.loading && <Skeleton label={view.loading} />}
      {view.name && <p className="crmjira-name">{view.name}</p>}
      {view.ids && <p className="crmjira-sub crmjira-small">{view.ids}</p>}
      {view.lede && <p className="crmjira-sub crmjira-lede">{view.lede}</p>}
      {view.conditions && <Conditions conditions={view.conditions} />}
      {view.steps && <Steps steps={view.steps} />}
      {view.message && <Message {...view.message} />}
      {view.facts && <Facts facts={view.facts} />}
      {view.note && <p className="crmjira-sub crmjira-note">{view.note}</p>}
      <ActionButtons actions={view.actions} onAction={onAction} />
      <Live told={props.told} news={props.news} />
    </ControlRoot>
  );
});

function Conditions({ conditions }: { readonly conditions: readonly ConditionView[] }): React.ReactElement {
  return (
    <ol className="crmjira-steps">
      {conditions.map((condition) => (
        <li key={condition.text} className={condition.met ? 'crmjira-step-done' : 'crmjira-step-missing'}>
          <Icon name={condition.met ? 'Completed' : 'CircleRing'} />
          <span className="crmjira-hidden">{condition.stateText}</span>
          <span>
            {condition.met ? condition.text : <b>{condition.text}</b>}{' '}
            <span className="crmjira-sub">{condition.detail}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Steps({ steps }: { readonly steps: readonly StepView[] }): React.ReactElement {
  const icons = { done: 'Completed', current: 'ProgressRingDots', open: 'CircleRing' } as const;
  return (
    <ol className="crmjira-steps">
      {steps.map((step) => (
        <li
          key={step.text}
          className={`crmjira-step-${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <Icon name={icons[step.state]} turning={step.state === 'current'} />
          <span className="crmjira-hidden">{step.stateText}</span>
          {step.text}
        </li>
      ))}
    </ol>
  );
}

function Facts({ facts }: { readonly facts: readonly FactView[] }): React.ReactElement {
  return (
    <dl className="crmjira-facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
