;;; unit.el --- What statuslint.el does without a screen  -*- lexical-binding: t; -*-

(require 'checkdoc)
(require 'ert)
(require 'eglot)

(defconst unit-package (getenv "STATUSLINT_PACKAGE"))
(defconst unit-languages (getenv "STATUSLINT_LANGUAGES"))
(defconst unit-source (expand-file-name "statuslint.el" unit-package))

(add-to-list 'load-path unit-package)
(require 'statuslint)
(setq statuslint-program (getenv "STATUSLINT"))

(ert-deftest unit-compiles-without-a-warning ()
  (let* ((compiled (make-temp-file "statuslint" nil ".elc"))
         (byte-compile-error-on-warn t)
         (byte-compile-dest-file-function (lambda (_) compiled)))
    (unwind-protect
        (should (eq (byte-compile-file unit-source) t))
      (delete-file compiled))))

(ert-deftest unit-is-documented-as-checkdoc-wants ()
  (let ((problems nil))
    (cl-letf (((symbol-function 'checkdoc-error)
               (lambda (_point text) (push text problems) nil)))
      (with-current-buffer (find-file-noselect unit-source)
        (checkdoc-current-buffer t)))
    (should-not problems)))

(ert-deftest unit-knows-modes-of-every-language ()
  (should (equal (mapcar (lambda (row) (symbol-name (car row))) statuslint-modes)
                 (directory-files unit-languages nil "^[^.]"))))

(ert-deftest unit-names-no-mode-twice ()
  (let ((modes (statuslint--modes)))
    (should (equal modes (seq-uniq modes)))))

(ert-deftest unit-displaces-no-server-of-eglot ()
  (let ((eglot-server-programs (copy-tree eglot-server-programs))
        (modes '(python-mode go-mode rust-mode yaml-mode js-mode html-mode)))
    (let ((before (mapcar #'eglot--lookup-mode modes)))
      (should-not (memq nil before))
      (statuslint-eglot-setup)
      (should (equal before (mapcar #'eglot--lookup-mode modes))))))

(ert-deftest unit-serves-a-mode-without-a-server-and-no-other-with-it ()
  (let ((eglot-server-programs (copy-tree eglot-server-programs)))
    (should-not (eglot--lookup-mode 'nginx-mode))
    (statuslint-eglot-setup)
    (let ((found (flatten-tree (eglot--lookup-mode 'nginx-mode))))
      (should (memq 'statuslint--contact found))
      (should-not (memq 'caddyfile-mode found)))))

(ert-deftest unit-serves-the-modes-it-is-named ()
  (let ((eglot-server-programs (copy-tree eglot-server-programs)))
    (statuslint-eglot-setup 'python-mode)
    (should (memq 'statuslint--contact (flatten-tree (eglot--lookup-mode 'python-mode))))
    (should-not (memq 'statuslint--contact (flatten-tree (eglot--lookup-mode 'go-mode))))))

(ert-deftest unit-starts-with-the-settings ()
  (let ((statuslint-settings '(:evidence "likely")))
    (should (equal (cdr (statuslint--contact t))
                   '("lsp" :initializationOptions (:evidence "likely"))))))

(ert-deftest unit-says-what-to-do-without-a-program ()
  (let* ((statuslint-program "statuslint-absent")
         (text (cadr (should-error (statuslint--command) :type 'user-error))))
    (should (string-search "`statuslint-absent'" text))
    (should (string-search "`statuslint-program'" text))))

(ert-deftest unit-explains-every-code-of-the-catalogue ()
  (let ((candidates (statuslint--candidates)))
    (should (> (length candidates) 60))
    (should (equal (cdr (assoc "404 Not Found" candidates)) "404"))
    (should (equal (cdr (assoc "418 (Unused), I'm a teapot" candidates)) "418"))
    (should (equal candidates (seq-uniq candidates (lambda (a b) (equal (cdr a) (cdr b))))))
    (should (equal (unit-at-point "404" candidates) "404 Not Found"))
    (should-not (unit-at-point "word" candidates))))

(defun unit-at-point (text candidates)
  "What is proposed where TEXT stands, of CANDIDATES."
  (with-temp-buffer
    (insert text)
    (goto-char 2)
    (statuslint--at-point candidates)))

;;; unit.el ends here
