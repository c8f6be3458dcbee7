import * as React from 'react';
import type { ProjectCandidate, SearchedConnection } from '@crmjira/domain';

export interface ComboboxProps {
  readonly label: string;
  readonly hint: string;
  readonly listLabel: string;
  readonly openLabel: string;
  readonly linkedText: string;
  readonly text: string;
  readonly projects: readonly ProjectCandidate[];
  /** those that the projects are of; left out: there is only one */
  readonly connections?: readonly SearchedConnection[] | undefined;
  /** an answer is on its way */
  readonly busy: boolean;
  readonly onText: (text: string) => void;
  readonly onChoose: (project: ProjectCandidate) => void;
}

/** Name of a project's connection; null where there is only one. */
const connectionName = (
  { connectionId }: ProjectCandidate,
  connections: readonly SearchedConnection[] | undefined,
): string | null => connections?.find(({ id }) => id === connectionId)?.name ?? null;

/** `[KEY] Name`, as R-1805 writes issues; with several connections also which one. */
export function projectText(project: ProjectCandidate, connections: readonly SearchedConnection[] | undefined): string {
  const text = `[${project.key}] ${project.name}`;
  const connection = connectionName(project, connections);
  return connection === null ? text : `${text} – ${connection}`;
}

const optionId = (index: number): string => `project-${index}`;

/**
 * An editable combobox with a list (ARIA Authoring Practices, "Combobox", list autocomplete with manual selection): the focus stays in
 * the field, arrows move through the list, Enter chooses, Escape closes and then empties. A project that somebody else has can be
 * reached and heard, not chosen.
 */
export function ProjectCombobox(props: ComboboxProps): React.ReactElement {
  const { text, projects, connections, onText, onChoose } = props;
  const [open, setOpen] = React.useState(false);
  const [active, setActive] = React.useState(-1);
  const list = React.useRef<HTMLUListElement>(null);
  const at = active < projects.length ? active : -1;
  const shown = open && projects.length > 0;

  React.useEffect(() => {
    // jsdom and old browsers do not scroll.
    list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' });
  }, [at]);

  const choose = (project: ProjectCandidate | undefined): void => {
    if (project === undefined || project.linked) return;
    onChoose(project);
    setOpen(false);
    setActive(-1);
  };
  const move = (step: 1 | -1): void => {
    setOpen(true);
    const { length } = projects;
    if (length === 0) return;
    setActive(at === -1 ? (step === 1 ? 0 : length - 1) : (at + step + length) % length);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
        if (event.altKey) setOpen(true);
        else move(1);
        break;
      case 'ArrowUp':
        if (event.altKey) setOpen(false);
        else move(-1);
        break;
      case 'Enter':
        if (!shown || at === -1) return;
        choose(projects[at]);
        break;
      case 'Escape':
        if (shown) setOpen(false);
        else if (text !== '') onText('');
        // Nothing left to undo here: the dialog may close.
        else return;
        setActive(-1);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="picker">
      <label htmlFor="project-text">{props.label}</label>
      <div className="picker-field">
        <input
          id="project-text"
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          dir="auto"
          aria-expanded={shown}
          aria-controls="project-list"
          aria-autocomplete="list"
          aria-activedescendant={shown && at !== -1 ? optionId(at) : undefined}
          aria-describedby="project-hint"
          aria-busy={props.busy}
          value={text}
          onChange={({ target }) => {
            onText(target.value);
            setOpen(true);
            setActive(-1);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="picker-open"
          tabIndex={-1}
          aria-label={props.openLabel}
          aria-expanded={shown}
          aria-controls="project-list"
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            setOpen(!open);
            document.getElementById('project-text')?.focus();
          }}
        />
      </div>
      <p id="project-hint" className="crmjira-sub">
        {props.hint}
      </p>
      <ul
        id="project-list"
        role="listbox"
        aria-label={props.listLabel}
        ref={list}
        hidden={!shown}
        className="picker-list"
      >
        {projects.map((project, index) => (
          <li
            key={`${project.connectionId ?? ''}/${project.id}`}
            id={optionId(index)}
            role="option"
            aria-selected={index === at}
            aria-disabled={project.linked}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(project)}
          >
            <span className="picker-key">{project.key}</span> <bdi className="picker-name">{project.name}</bdi>
            {connectionName(project, connections) !== null && (
              <>
                {' '}
                <bdi className="crmjira-sub picker-connection">{connectionName(project, connections)}</bdi>
              </>
            )}
            {project.linked && <span className="crmjira-sub picker-note"> {props.linkedText}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
