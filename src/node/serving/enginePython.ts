/** An MLServer runtime: runs the graph as it is, by whatever inputs and outputs it declares. */
export const mlserverRuntime = `import numpy as np
import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataTensor
from mlserver.utils import get_model_uri

DATATYPES = {"tensor(int64)": "INT64", "tensor(float)": "FP32", "tensor(float16)": "FP16"}


class TokenClassifier(MLModel):
    async def load(self) -> bool:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(await get_model_uri(self._settings), options)
        self.inputs = [tensor(one) for one in self._session.get_inputs()]
        self.outputs = [tensor(one) for one in self._session.get_outputs()]
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        names = {one.name for one in self._session.get_inputs()}
        feeds = {
            one.name: np.asarray(NumpyCodec.decode_input(one), dtype=np.int64)
            for one in payload.inputs
            if one.name in names
        }
        wanted = [one.name for one in payload.outputs or self.outputs]
        results = self._session.run(wanted, feeds)
        return InferenceResponse(
            model_name=self.name,
            model_version=self.version,
            outputs=[NumpyCodec.encode_output(name, value) for name, value in zip(wanted, results)],
        )


def tensor(one) -> MetadataTensor:
    shape = [size if isinstance(size, int) else -1 for size in one.shape]
    return MetadataTensor(name=one.name, datatype=DATATYPES[one.type], shape=shape)
`;

/** A Ray Serve application that speaks OIP v2 in JSON. */
export function rayApplication(name: string): string {
  return `from pathlib import Path

import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException, Request
from ray import serve

NAME = "${name}"
# Serve starts replicas in folders of its own.
GRAPH = str(Path(__file__).resolve().parent / "model.onnx")
DATATYPES = {"tensor(int64)": "INT64", "tensor(float)": "FP32", "tensor(float16)": "FP16"}
api = FastAPI()


@serve.deployment(num_replicas=2, max_ongoing_requests=16, ray_actor_options={"num_cpus": 0.5})
@serve.ingress(api)
class TokenClassifier:
    def __init__(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(GRAPH, options)

    @api.get("/v2/health/ready")
    @api.get("/v2/health/live")
    def health(self):
        return {"ready": True}

    @api.get("/v2")
    def server(self):
        return {"name": "ray-serve", "version": "1", "extensions": []}

    @api.get("/v2/models/{model}")
    def metadata(self, model: str):
        known(model)
        return {
            "name": NAME,
            "versions": ["1"],
            "platform": "onnxruntime",
            "inputs": [tensor(one) for one in self.session.get_inputs()],
            "outputs": [tensor(one) for one in self.session.get_outputs()],
        }

    @api.get("/v2/models/{model}/ready")
    def ready(self, model: str):
        known(model)
        return {"name": NAME, "ready": True}

    @api.post("/v2/models/{model}/infer")
    async def infer(self, model: str, request: Request):
        known(model)
        body = await request.json()
        feeds = {one["name"]: np.asarray(one["data"], np.int64).reshape(one["shape"]) for one in body["inputs"]}
        wanted = [one["name"] for one in body.get("outputs", [])] or ["logits"]
        results = self.session.run(wanted, feeds)
        outputs = [
            {"name": name, "datatype": "FP32", "shape": list(value.shape), "data": value.astype(np.float32).ravel().tolist()}
            for name, value in zip(wanted, results)
        ]
        return {"model_name": NAME, "outputs": outputs}


def known(model: str) -> None:
    if model != NAME:
        raise HTTPException(404, f"there is no model {model}, but {NAME}")


def tensor(one) -> dict:
    shape = [size if isinstance(size, int) else -1 for size in one.shape]
    return {"name": one.name, "datatype": DATATYPES[one.type], "shape": shape}


application = TokenClassifier.bind()
`;
}
