from grader.submissions.labels import label, lessons_in
for n in """logistic-regression-octocat
week08-ann
Ada Lovelace - logistic regression
Ada_logistic_regression.ipynb
02_logistic_regression-Copy1.ipynb
logistic_regression (2).ipynb
Untitled.ipynb
Untitled1.ipynb
nn-by-hand
08_optimisation
optimisation.ipynb
notebooks
logistic-regression-submissions
hw1_12345
ann_v2.ipynb
submission_12345
Müller, Hans (123)
week 2
Anna Schmidt
12345
cnn.ipynb
作业1_张三.ipynb
第3周
課題2 田中.ipynb
Homework 3 - Jane.ipynb
ann_logistic_regression_final_v2.ipynb
logistic_regression_Ada Lovelace.ipynb.txt
Fall2026
lab3-o'brien
alex-final
student_01
Dee Ex
Ian V
Paul-ex2.ipynb
Copy of logistic_regression.ipynb
logistic_regression - Copy (3).ipynb
logistic_regression.ipynb.json
Max Lab""".splitlines(): print(repr(n), "->", repr(label(n)))
