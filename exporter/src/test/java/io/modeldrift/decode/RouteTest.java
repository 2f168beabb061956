package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/models/credit:predict                        | V1 credit
          /v1/models/credit/versions/3:classify            | V1 credit 3
          /V1/Models/Credit/labels/stable:regress?x=1      | V1 Credit label:stable
          /serving/ns/isvc/v1/models/credit:predict        | V1 credit
          /v1/models/credit/:predict                       | V1 credit
          /v1/models:predict                               | V1
          /v1/models/:predict                              | V1
          /v1/models/a%2Fb:predict                         | V1 a/b
          /v1/models/a%zz:predict                          | V1 a%zz
          /v1/models/credit:explain                        | V1_EXPLAIN credit
          /v2/models/credit/infer                          | V2 credit
          /v2/models/credit/versions/v3/infer              | V2 credit v3
          /v2/models/infer                                 | V2
          /v2/pipelines/p/infer                            | V2 p
          /v2/models/llm/generate_stream                   | GENERATE llm
          /inference.GRPCInferenceService/ModelInfer       | GRPC
          /inference.GRPCInferenceService/ModelStreamInfer | GRPC_STREAM
          /invocations                                     | INVOCATIONS
          /endpoints/churn/invocations                     | INVOCATIONS churn
          /api/v1.0/predictions                            | SELDON
          /seldon/ns/dep/api/v0.1/predictions              | SELDON dep
          /api/v1.0/feedback                               | SELDON_FEEDBACK
          /predictions/cats                                | NAMED_PREDICTION cats
          /predictions/cats/2.0                            | NAMED_PREDICTION cats 2.0
          /wfpredict/flow                                  | NAMED_PREDICTION flow
          /v1/projects/p/locations/l/endpoints/77:predict  | V1 77
          /openai/v1/chat/completions                      | OPENAI
          /v1/embeddings                                   | OPENAI
          /v2/health/ready                                 | NOT_INFERENCE
          /v2                                              | NOT_INFERENCE
          /v2/models/credit                                | NOT_INFERENCE
          /v2/models/credit/versions/2/ready               | NOT_INFERENCE
          /v1/models                                       | NOT_INFERENCE
          /v1/models/credit                                | NOT_INFERENCE
          /v1/models/credit/metadata                       | NOT_INFERENCE
          /ping                                            | NOT_INFERENCE
          /metrics                                         | NOT_INFERENCE
          /                                                | NONE
          /anything                                        | NONE
          """)
  void path_says(String path, String expected) {
    Route route = Route.of(path);

    assertThat((route.kind() + " " + route.model() + " " + route.version()).trim())
        .isEqualTo(expected);
  }
}
