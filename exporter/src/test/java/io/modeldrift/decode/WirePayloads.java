package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What production copies to the exporter, in every format, for tests of other packages. */
public final class WirePayloads {

  /** A payload as a mirror or a logger sends it. */
  public record Sent(String format, String path, Map<String, String> headers, byte[] body) {}

  private WirePayloads() {}

  /**
   * Returns one payload of each format, in which every text is the same word and every number the
   * same number, as far as the format has texts and numbers.
   */
  public static List<Sent> saying(String word, double number) {
    List<Sent> payloads = new ArrayList<>();
    WireFormat.named().forEach(f -> payloads.add(sent(f, WireTable.named(word, number))));
    WireFormat.unnamed().forEach(f -> payloads.add(sent(f, WireTable.unnamed(number))));
    others(word, number).forEach(payloads::add);
    return payloads;
  }

  private static Sent sent(WireFormat format, WireTable table) {
    String path = format.path().isEmpty() ? "/" : format.path();
    return new Sent(format.name(), path, format.headers(), format.encode(table));
  }

  /** Answers, texts for language models, outcomes and explanations. */
  private static Stream<Sent> others(String word, double number) {
    return Stream.of(
            new String[] {"V1 answer", "/v1/models/m:predict", "{'predictions':[{'w':'W','n':N}]}"},
            new String[] {"V1 error", "/v1/models/m:predict", "{'error':'W'}"},
            new String[] {
              "V1 explanation", "/v1/models/m:explain", "{'explanations':[{'W':N}],'w':'W'}"
            },
            new String[] {
              "V2 answer",
              "/v2/models/m/infer",
              "{'id':'W','outputs':[{'name':'W','shape':[1],'datatype':'BYTES','data':['W']}]}"
            },
            new String[] {"MLflow error", "/invocations", "{'error_code':'W','message':'W'}"},
            new String[] {
              "Seldon feedback",
              "/api/v1.0/feedback",
              "{'response':{'meta':{'puid':'W'},'data':{'ndarray':[['W',N]]}},'truth':{'data':{'ndarray':[['W']]}}}"
            },
            new String[] {
              "SageMaker ground truth",
              "/",
              "{'groundTruthData':{'data':'W','encoding':'CSV'},'eventMetadata':{'eventId':'W'}}"
            },
            new String[] {
              "OpenAI",
              "/v1/chat/completions",
              "{'model':'g','messages':[{'role':'user','content':'W'}]}"
            },
            new String[] {
              "OpenAI answer",
              "/v1/chat/completions",
              "{'object':'chat.completion','id':'W','choices':[{'finish_reason':'W','message':{'content':'W'}}],'usage':{'prompt_tokens':N}}"
            },
            new String[] {"generate", "/v2/models/m/generate", "{'text_input':'W'}"},
            new String[] {"generate answer", "/v2/models/m/generate", "{'text_output':'W'}"},
            new String[] {"image", "/predictions/m", "W"})
        .map(
            row ->
                new Sent(
                    row[0],
                    row[1],
                    Map.of(),
                    row[2]
                        .replace("'", "\"")
                        .replace("W", word)
                        .replace("N", String.valueOf(number))
                        .getBytes(StandardCharsets.UTF_8)));
  }
}
