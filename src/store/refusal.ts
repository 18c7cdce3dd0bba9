/** The store cannot be opened as it lies there. The message says what was found and what to do; no defect of ours. */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
}
