"""Predictions that wait for their outcome, and outcomes of every kind, each with what must become of it."""
from collections import Counter, deque

from payloads import MODEL, Payload, rows, text

THRESHOLD = 0.5
ENDED, WAITING, SCORED = "model_ground_truth_total", "model_ground_truth_waiting", "model_predictions_scored_total"
PREDICTED = ("model_predictions_ended_total", "model_predictions_waiting")


class Desk:
    """What one sender has predicted, and which outcomes it has told; the exporter knows the same, or it is wrong."""

    def __init__(self, sender):
        self.sender, self.open, self.told = sender, deque(), deque(maxlen=500)

    def forget(self):
        """The exporter may not know any more what it was told last."""
        self.open.clear()
        self.told.clear()

    def predictions(self, random, serial):
        """Rows in the exporter's own format, each with an id and a score."""
        table, scores = rows(random), []
        lines = []
        for index, row in enumerate(table):
            scores.append((f"p-{serial}-{index}", random.random()))
            lines.append(text({"model": MODEL, "id": scores[-1][0], "features": row, "prediction": {"score": scores[-1][1]}}))
        payload = Payload("/api/v1/inferences", b"\n".join(lines), rows=table)
        payload.predicted, payload.then = len(scores), lambda: self.open.extend(scores)
        return payload

    def outcomes(self, random, serial):
        """A few outcomes of every kind; a payload in which nothing can be used is answered as a mistake."""
        records, fates, scored, told = [], Counter(), Counter(), []
        for index in range(random.randint(1, 8)):
            fate = random.choices((self.matched, self.repeated, self.contradicted, self.orphan, self.missing), (60, 10, 5, 15, 10))[0]
            record = fate(random, f"{serial}-{index}", fates, scored, told)
            if record:
                records.append(text({"model": MODEL, **record}))
        if not records:
            return self.predictions(random, serial)
        unusable = fates["rejected", "missing"] == len(records)
        payload = Payload("/api/v1/ground-truth", b"\n".join(records), outcome=("rejected", "bad_truth") if unusable else ("observed", ""))
        payload.fates, payload.scored, payload.then = fates, scored, lambda: self.told.extend(told)
        payload.status = 400 if unusable else 200
        return payload

    def matched(self, random, name, fates, scored, told):
        if not self.open:
            return None
        prediction, score = self.open.popleft()
        actual = int(random.random() < score)
        fates["matched", ""] += 1
        scored[str(int(score >= THRESHOLD)), str(actual)] += 1
        told.append((prediction, actual))
        return {"inference_id": prediction, "actual": actual}

    def repeated(self, random, name, fates, scored, told):
        if not self.told:
            return None
        prediction, actual = random.choice(self.told)
        fates["duplicate", "same"] += 1
        return {"inference_id": prediction, "actual": actual}

    def contradicted(self, random, name, fates, scored, told):
        if not self.told:
            return None
        prediction, actual = random.choice(self.told)
        fates["duplicate", "conflict"] += 1
        return {"inference_id": prediction, "actual": 1 - actual}

    def orphan(self, random, name, fates, scored, told):
        """Nobody predicted this; whether it still waits or is given up already is a matter of time."""
        fates["orphan", ""] += 1
        return {"inference_id": f"nobody-{self.sender}-{name}", "actual": 1}

    def missing(self, random, name, fates, scored, told):
        fates["rejected", "missing"] += 1
        return {"inference_id": f"nothing-{self.sender}-{name}", "actual": None}


class Books:
    """What the exporter says of outcomes and predictions, from one scrape."""

    def __init__(self, scrape):
        self.fates, self.scored = Counter(), Counter()
        for own, value in scrape.find(ENDED):
            reason = own["reason"] if own["outcome"] in ("duplicate", "rejected") else ""
            self.fates[own["outcome"], reason] += int(value)
        self.fates["orphan", ""] += scrape.total(WAITING)
        for own, value in scrape.find(SCORED, segment="all"):
            self.scored[own["predicted"], own["actual"]] += int(value)
        self.predicted = sum(scrape.total(name) for name in PREDICTED)

    def differences(self, sent, before):
        """What does not agree with what was sent since the books were like that."""
        problems = []
        for what, told, now, then in (("outcomes", sent.fates, self.fates, before.fates), ("scored", sent.scored, self.scored, before.scored)):
            for key in sorted(told | now | then):
                if told[key] != now[key] - then[key]:
                    problems.append(f"{what} {' '.join(key)}: {told[key]} sent, {now[key] - then[key]} counted")
        if sent.predicted != self.predicted - before.predicted:
            problems.append(f"predictions: {sent.predicted} sent, {self.predicted - before.predicted} counted")
        return problems
