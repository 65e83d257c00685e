# cmake -DINPUTS=A;B -DNAME=kName -DOUTPUT=F.cpp -P embed.cmake
#   Writes a .cpp that holds the INPUTS, one after the other, as the std::string_view NAME.
set(text "")
foreach(input IN LISTS INPUTS)
  file(READ ${input} part)
  string(APPEND text "${part}")
endforeach()
# Compilers bound the length of one literal; neighbours become one. Cut between lines: a character
# may take several octets.
set(literals "")
while(NOT text STREQUAL "")
  string(SUBSTRING "${text}" 0 8000 piece)
  string(FIND "${piece}" "\n" end REVERSE)
  math(EXPR end "${end} + 1")
  string(SUBSTRING "${text}" 0 ${end} piece)
  string(SUBSTRING "${text}" ${end} -1 text)
  string(APPEND literals "    R\"~~~~(${piece})~~~~\"\n")
endwhile()
file(WRITE ${OUTPUT} "#include \"harness/report/html_files.hpp\"

namespace tcprove::report {

const std::string_view ${NAME} =
${literals}    ;

}  // namespace tcprove::report
")
