# The command line in an image: docker run --rm -v "$PWD:/claims" medcode check /claims
FROM python:3.12-slim AS build
COPY . /source
RUN pip wheel --quiet --wheel-dir /wheels "/source[cli]"

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install --quiet --no-index --find-links /wheels "medcode[cli]" && rm -r /wheels \
    && useradd --create-home medcode
USER medcode
WORKDIR /claims
ENTRYPOINT ["medcode"]
CMD ["--help"]
