/** A product that is called, as failure codes, sentences and settings name it. */
export interface ProviderName {
  readonly name: string;
  /** First part of its failure codes. */
  readonly codePrefix: string;
  /** Setting that holds its address. */
  readonly setting: string;
  /** Setting of the certificate that proves this service to a gateway before it; left out: it has no gateway. */
  readonly gatewayCertificate?: string;
}
