type Text = ComponentFramework.PropertyTypes.StringProperty;
type Moment = ComponentFramework.PropertyTypes.DateTimeProperty;

/** Properties of ControlManifest.Input.xml; a test compares the two. All but the first tell what is not saved yet; a form may leave them out. */
export interface IInputs {
  worklogId: Text;
  issueKey?: Text | null;
  timeIn?: Moment | null;
  timeOut?: Moment | null;
  notes?: Text | null;
}

/** The control reads its record and never writes it. */
export interface IOutputs {
  worklogId?: string;
}
