# One image for the API, the workers, migrations and every other command of `agm`.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
# `otel` adds what sends traces.
ARG REQUIREMENTS=runtime
COPY requirements/runtime.txt requirements/otel.txt requirements/build.txt requirements/
RUN python -m venv --without-pip /opt/agm \
    && python -m pip --python /opt/agm install --no-deps --only-binary :all: --require-hashes -r "requirements/$REQUIREMENTS.txt" \
    && python -m pip install --no-deps --only-binary :all: --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY cli cli
COPY media media
COPY migrations migrations
COPY net net
COPY platforms platforms
COPY publishing publishing
COPY sandbox sandbox
COPY workers workers
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && python -m pip --python /opt/agm install --no-deps --no-index dist/*.whl \
    && /opt/agm/bin/python -m compileall -q /opt/agm

FROM python:3.13-slim-bookworm
# Volumes take their owner from the folders of the image.
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin agm \
    && install -d -o agm -g agm -m 0700 /data /media
COPY --from=build /opt/agm /opt/agm
ENV PATH=/opt/agm/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    AGM_HOST=0.0.0.0 AGM_PORT=8000 AGM_DATA_DIR=/data AGM_STORAGE_URL=file:///media
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/media"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["agm", "api", "--check"]
ENTRYPOINT ["agm"]
CMD ["api"]
