package io.modeldrift.decode;

import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import java.util.List;

/** What came of one payload. */
public sealed interface Decoded {

  /** Returns the format that the payload was taken for. */
  Protocol protocol();

  /**
   * At least one row was understood.
   *
   * @param batches rows by model version, in order; valid until the decoder's next payload
   */
  record Inferences(Protocol protocol, List<InferenceBatch> batches) implements Decoded {}

  /**
   * Outcomes of inferences, reported later.
   *
   * @param truths at least one, in order
   * @param places of each of them, a JSON pointer into the payload
   * @param bad records beside them that could not be used
   */
  record Truths(Protocol protocol, List<GroundTruth> truths, List<String> places, int bad)
      implements Decoded {

    /** Copies the lists. */
    public Truths {
      truths = List.copyOf(truths);
      places = List.copyOf(places);
    }
  }

  /**
   * What end users say about answers.
   *
   * @param feedback at least one, in order
   * @param places of each of them, a JSON pointer into the payload
   */
  record Opinions(Protocol protocol, List<Feedback> feedback, List<String> places)
      implements Decoded {

    /** Copies the lists. */
    public Opinions {
      feedback = List.copyOf(feedback);
      places = List.copyOf(places);
    }
  }

  /** Well-formed, but not an inference. */
  record Ignored(Protocol protocol, IgnoreReason reason) implements Decoded {}

  /**
   * Claims to be an inference and cannot be used.
   *
   * @param detail one sentence for a person, without any value of a row
   * @param pointer JSON pointer to the offending place; empty if the whole payload is meant
   */
  record Rejected(Protocol protocol, RejectReason reason, String detail, String pointer)
      implements Decoded {}
}
