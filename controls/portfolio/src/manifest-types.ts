/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  mappings: ComponentFramework.PropertyTypes.DataSet;
}

/** The control writes none of the rows it shows. */
export type IOutputs = Readonly<Record<never, never>>;
