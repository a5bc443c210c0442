# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/matchbook
COPY requirements.lock .
RUN /opt/matchbook/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
# The build backend is no part of the image that runs.
COPY requirements-build.lock .
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY catalog catalog
COPY bot bot
COPY commands commands
RUN /opt/build/bin/hatchling build --target wheel --directory /tmp/wheel \
 && /opt/matchbook/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps /tmp/wheel/*.whl

FROM python:3.13-slim
# Pictures need it for names that are written from right to left; their fonts come with the packages.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libfribidi0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /data --uid 10001 matchbook
COPY --from=build /opt/matchbook /opt/matchbook
ENV PATH=/opt/matchbook/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/matchbook.db \
    HEALTH_HOST=0.0.0.0 \
    HEALTH_PORT=8080
USER matchbook
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['HEALTH_PORT']}/healthz\", timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["matchbook"]
CMD ["run"]
