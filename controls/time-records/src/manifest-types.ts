/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  records: ComponentFramework.PropertyTypes.DataSet;
}

/** The control writes none of the rows it shows, but takes a wish to sync back. */
export type IOutputs = Readonly<Record<never, never>>;
