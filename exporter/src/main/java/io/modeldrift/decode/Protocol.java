package io.modeldrift.decode;

import java.util.Locale;

/** The format that a payload was taken for: the value of the {@code protocol} label. */
public enum Protocol {
  /** The exporter's own JSON at {@code /api/v1/inferences}. */
  NATIVE,
  /** KServe V1 and TensorFlow Serving REST. */
  V1,
  /** Open Inference Protocol (KServe V2) JSON, without or with binary tensors. */
  V2,
  /** Open Inference Protocol over gRPC. */
  V2_GRPC,
  /** MLflow scoring server. */
  MLFLOW,
  /** SageMaker: CSV, JSON lines and the runtime's own JSON. */
  SAGEMAKER,
  /** SageMaker data-capture records. */
  SAGEMAKER_CAPTURE,
  /** Comma-separated values on no server's path. */
  CSV,
  /** JSON lines of several formats, or of one that is not known. */
  JSON_LINES,
  /** Seldon Core v1 messages. */
  SELDON,
  /** ModelMesh remote payload processor. */
  MODELMESH,
  /** OpenAI style: chat, completions, embeddings. */
  OPENAI,
  /** Triton text generation. */
  GENERATE,
  /** A CloudEvent whose envelope is broken; what a sound one holds counts as its own format. */
  CLOUDEVENTS,
  /** Features or predictions without any envelope. */
  BARE,
  /** Outcomes of inferences, whoever's words they are in. */
  GROUND_TRUTH,
  /** What end users say about answers. */
  FEEDBACK,
  /** Nothing recognised it. */
  UNKNOWN;

  /** Returns the value of the {@code protocol} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
